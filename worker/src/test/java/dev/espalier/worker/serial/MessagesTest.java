package dev.espalier.worker.serial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

final class MessagesTest {

  private static final EvaluationContext CONTEXT =
      new EvaluationContext(
          new ScoreInputs("n", "w", "d", "p", "1"),
          new ContentFile("w", Path.of("home", "net.bin")),
          new ContentFile("d", Path.of("home", "images.bin")),
          "batch 50",
          "selection",
          Duration.ofMinutes(5),
          Optional.of(
              new CacheAddress(List.of("127.0.0.1:5701", "127.0.0.1:5702"), "espalier-1", "00ff")));

  @Property(tries = 100)
  void decode_candidate_isTheSame(
      @ForAll long index, @ForAll @Size(max = 60) List<@IntRange(max = 1000) Integer> genes) {
    Candidate candidate =
        new Candidate(index, Structure.of(genes.stream().mapToInt(Integer::intValue).toArray()));

    assertThat(Messages.decode(Messages.encode(candidate), Candidate.class)).isEqualTo(candidate);
  }

  @Test
  void decode_context_isTheSame() {
    assertThat(Messages.decode(Messages.encode(CONTEXT), EvaluationContext.class))
        .isEqualTo(CONTEXT);
  }

  @Test
  void decode_reports_areTheSame() {
    Candidate candidate = new Candidate(3, Structure.of(1, 2));
    for (Outcome outcome :
        new Outcome[] {
          new Outcome.Scored(5, 10), new Outcome.Failed(Kind.TIME_LIMIT, "took too long")
        }) {
      EvaluationReport report =
          new EvaluationReport(
              new Evaluation(candidate, outcome, Duration.ofMillis(12), 5),
              Map.of(Stage.SCORE, Duration.ofNanos(7), Stage.GENERATE, Duration.ZERO),
              3,
              4);

      assertThat(Messages.decode(Messages.encode(report), EvaluationReport.class))
          .isEqualTo(report);
    }
  }

  /** Format, id + 2, index (zigzag), a structure follows, its length, its genes (varint). */
  @Test
  void encode_candidate_hasTheseBytes() {
    assertThat(HexFormat.of().formatHex(Messages.encode(new Candidate(1, Structure.of(2, 300)))))
        .isEqualTo("02" + "17" + "02" + "01" + "02" + "02ac02");
  }

  @Test
  void encode_classThatIsNotRegistered_isRefused() {
    assertThatThrownBy(() -> Messages.encode(new AtomicLong(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("not registered");
  }

  @Test
  void decode_anotherFormat_saysSo() {
    byte[] bytes = Messages.encode(CONTEXT);
    bytes[0] = 9;

    assertThatThrownBy(() -> Messages.decode(bytes, EvaluationContext.class))
        .hasMessageContaining("format is 9, expected 2");
  }

  @Test
  void decode_anotherTypeOrTorn_isRefused() {
    byte[] bytes = Messages.encode(CONTEXT);

    assertThatThrownBy(() -> Messages.decode(bytes, Candidate.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is not a Candidate");
    for (int length = 0; length < bytes.length; length++) {
      byte[] torn = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> Messages.decode(torn, EvaluationContext.class))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
