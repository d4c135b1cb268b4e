package dev.espalier.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.esotericsoftware.kryo.kryo5.KryoException;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.InFlight;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.Generations;
import dev.espalier.search.strategy.RandomSearch.Nothing;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KryoStateCodecTest {

  private static final Objectives OBJECTIVES = Objectives.of(Metric.MACS);

  private static Candidate candidate(int index) {
    return new Candidate(index, Structure.of(index, 30, 300));
  }

  private static Trial trial(int index, Outcome outcome) {
    return new Trial(candidate(index), new Costs(1L << 40, 200 + index, 3, 4), outcome);
  }

  private static final Trial GOOD = trial(0, new Outcome.Scored(70, 100));
  private static final Trial FAILED =
      trial(1, new Outcome.Failed(Outcome.Failed.Kind.NOT_FINITE, "NaN in \u00fc"));

  private static SearchState<Generations> state() {
    return SearchState.of(
        new Generations(2, List.of(GOOD), List.of(), List.of(GOOD), List.of(GOOD)),
        List.of(GOOD, FAILED),
        List.of(
            new InFlight(candidate(2), Optional.empty()),
            new InFlight(candidate(3), Optional.of(new Outcome.Scored(1, 2)))),
        true,
        OBJECTIVES);
  }

  private static void assertSame(SearchState<?> read, SearchState<?> written) {
    assertThat(read.strategy()).isEqualTo(written.strategy());
    assertThat(read.history().trials()).isEqualTo(written.history().trials());
    assertThat(read.inFlight()).isEqualTo(written.inFlight());
    assertThat(read.exhausted()).isEqualTo(written.exhausted());
    assertThat(read.proposed().size()).isEqualTo(written.proposed().size());
    assertThat(read.front().front()).isEqualTo(written.front().front());
  }

  @Test
  void decode_encodedState_isTheSame() throws IOException {
    var generations = new KryoStateCodec<Generations>(OBJECTIVES);
    var nothing = new KryoStateCodec<Nothing>(OBJECTIVES);
    SearchState<Nothing> stateless =
        SearchState.of(Nothing.NOTHING, List.of(FAILED), List.of(), false, OBJECTIVES);

    assertSame(generations.decode(generations.encode(state())), state());
    assertSame(nothing.decode(nothing.encode(stateless)), stateless);
  }

  @Test
  void format1_fixtureWithoutSparseCosts_isRead() throws IOException {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);

    assertSame(codec.decode(fixture("state-format-1.bin")), state());
    assertSame(codec.decode(codec.encode(state())), state());
  }

  @Test
  void format2_fixtureWithoutCostsOfADevice_isRead() throws IOException {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);

    assertSame(codec.decode(fixture("state-format-2.bin")), state());
  }

  @Test
  void format3_fixture_isReadAndWrittenTheSame() throws IOException {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);

    assertSame(codec.decode(fixture("state-format-3.bin")), state());
    assertThat(codec.encode(state())).isEqualTo(fixture("state-format-3.bin"));
  }

  @Test
  void decode_costsOfASparseStructure_areTheSame() throws IOException {
    Trial sparse =
        new Trial(candidate(3), new Costs(6, 5, 4, 3, 2, 1, 8, 7), new Outcome.Scored(1, 2));
    var codec = new KryoStateCodec<Nothing>(OBJECTIVES);
    SearchState<Nothing> state =
        SearchState.of(Nothing.NOTHING, List.of(sparse), List.of(), false, OBJECTIVES);

    assertSame(codec.decode(codec.encode(state)), state);
  }

  private static byte[] fixture(String name) throws IOException {
    try (InputStream in = KryoStateCodecTest.class.getResourceAsStream(name)) {
      return Optional.ofNullable(in).orElseThrow().readAllBytes();
    }
  }

  @Test
  void decode_newerVersion_isRefusedNamingBoth() {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);
    byte[] newer = codec.encode(state());
    newer[3] ^= 3;

    assertThatIOException()
        .isThrownBy(() -> codec.decode(newer))
        .withMessageContainingAll("version", "1");
  }

  @Test
  void decode_truncatedAnywhere_isRefused() {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);
    byte[] whole = codec.encode(state());
    for (int size = 0; size < whole.length; size++) {
      byte[] cut = Arrays.copyOf(whole, size);
      assertThatIOException().as("%d bytes", size).isThrownBy(() -> codec.decode(cut));
    }
  }

  /** Checksums find such bytes before; should they not, nothing but a refusal may come of them. */
  @Test
  void decode_anyByteReplaced_isAStateOrRefused() {
    var codec = new KryoStateCodec<Generations>(OBJECTIVES);
    byte[] whole = codec.encode(state());
    for (int place = 0; place < whole.length; place++) {
      for (int value = 0; value < 256; value++) {
        byte[] other = whole.clone();
        other[place] = (byte) value;
        Throwable refusal = catchThrowable(() -> codec.decode(other));

        if (refusal != null) {
          assertThat(refusal).as("byte %d is %d", place, value).isInstanceOf(IOException.class);
        }
      }
    }
  }

  @Test
  void encode_classThatIsNotRegistered_isRefusedNamingIt() {
    var codec = new KryoStateCodec<StringBuilder>(OBJECTIVES);
    SearchState<StringBuilder> foreign =
        SearchState.of(new StringBuilder(), List.of(), List.of(), false, OBJECTIVES);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> codec.encode(foreign))
        .withMessageContaining("StringBuilder")
        .isNotInstanceOf(KryoException.class);
  }
}
