package dev.espalier.search.journal.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RecordCodecTest {

  @Property(tries = 500)
  void decode_encodedResults_isTheSame(@ForAll("evaluations") List<Evaluation> evaluations) {
    JournalRecord record = new JournalRecord.Returned(evaluations);

    assertThat(RecordCodec.decode(RecordCodec.type(record), RecordCodec.encode(record)))
        .isEqualTo(record);
  }

  @Provide
  Arbitrary<List<Evaluation>> evaluations() {
    Arbitrary<Long> numbers = Arbitraries.longs().greaterOrEqual(0);
    Arbitrary<Structure> structures =
        Arbitraries.integers().between(0, 1000).array(int[].class).ofMaxSize(60).map(Structure::of);
    Arbitrary<Outcome> scores =
        Combinators.combine(numbers, numbers)
            .as((a, b) -> new Outcome.Scored(Math.min(a, b), Math.max(1, Math.max(a, b))));
    Arbitrary<Outcome> failures =
        Combinators.combine(
                Arbitraries.of(Outcome.Failed.Kind.class), Arbitraries.strings().ofMaxLength(300))
            .as((kind, reason) -> new Outcome.Failed(kind, wellFormed(reason)));
    return Combinators.combine(
            numbers, structures, Arbitraries.oneOf(scores, failures), numbers, numbers)
        .as(
            (index, structure, outcome, nanos, images) ->
                new Evaluation(
                    new Candidate(index, structure), outcome, Duration.ofNanos(nanos), images))
        .list()
        .ofMinSize(1)
        .ofMaxSize(5);
  }

  /** UTF-8 has no bytes for one half of a surrogate pair. */
  private static String wellFormed(String text) {
    return text.codePoints()
        .filter(point -> point < 0xd800 || point > 0xdfff)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Property(tries = 2000)
  void decode_anyBytes_isARecordOrAnIllegalArgument(@ForAll byte type, @ForAll byte[] payload) {
    for (byte known : new byte[] {1, 2, type}) {
      Throwable refusal = catchThrowable(() -> RecordCodec.decode(known, payload));
      if (refusal != null) {
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Example
  void decode_countLargerThanTheRecord_isRefusedBeforeMemoryIsTaken() {
    byte[] twoThousandMillion = {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 7};

    assertThatIllegalArgumentException()
        .isThrownBy(() -> RecordCodec.decode((byte) 2, twoThousandMillion))
        .withMessageContaining("2147483647 values");
  }
}
