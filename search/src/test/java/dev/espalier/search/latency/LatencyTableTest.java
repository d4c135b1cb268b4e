package dev.espalier.search.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LatencyTableTest {

  private static final Device DEVICE = new Device("phone", "chip", "runtime 1.2", 2, 1, 0);
  private static final Operation CALL = Operation.of(Kind.CALL, Layout.PLAIN, 8, 8);
  private static final Operation POOL = Operation.of(Kind.GLOBAL_POOL, Layout.PLAIN, 8, 8);
  private static final Operation CONV = new Operation(Kind.CONV, Layout.PLAIN, 8, 8, 3, 1, 1, 1);

  private final LatencyTable table = table();

  @Test
  void microseconds_widthThatWasTimed_isItsMean() {
    assertThat(table.microseconds(new Kernel(CONV, 4, 8))).isEqualTo(30);
  }

  @Test
  void microseconds_widthsBetween_lieOnStraightLinesInBothDirections() {
    // Between 10, 30 (4 channels read) and 50, 110 (12 read), a quarter and a half of the way.
    double read4 = 10 + 0.25 * 20;
    double read12 = 50 + 0.25 * 60;
    assertThat(table.microseconds(new Kernel(CONV, 8, 5)))
        .isCloseTo((read4 + read12) / 2, within(1e-12));
  }

  @Test
  void microseconds_network_isTheSumOverItsOperations() {
    assertThat(table.microseconds(network(4))).isCloseTo(3 + 10 + 1, within(1e-12));
    assertThat(table.microseconds(network(8))).isCloseTo(3 + 30 + 3, within(1e-12));
  }

  @Test
  void microseconds_noiseBelowNothing_isNothing() {
    Map<Kernel, Timing> one = Map.of(new Kernel(POOL, 4, 4), new Timing(3, -0.2, 0.1));

    assertThat(new LatencyTable(DEVICE, one).microseconds(new Kernel(POOL, 4, 4))).isZero();
  }

  @Test
  void microseconds_widthOutside_namesOperationFoundAndReach() {
    assertThatThrownBy(() -> table.microseconds(new Kernel(CONV, 4, 9)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("latency table of phone")
        .hasMessageContaining("CONV PLAIN over 8x8, kernel 3")
        .hasMessageContaining("9 channels written, expected 4 to 8");
    assertThatThrownBy(() -> table.microseconds(new Kernel(CONV, 13, 4)))
        .hasMessageContaining("13 channels read, expected 4 to 12");
  }

  @Test
  void microseconds_operationThatIsNotThere_isNamed() {
    Operation larger = Operation.of(Kind.GLOBAL_POOL, Layout.PLAIN, 16, 16);

    assertThatThrownBy(() -> table.microseconds(new Kernel(larger, 4, 4)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("it has no GLOBAL_POOL PLAIN over 16x16");
  }

  @Test
  void parse_whatWasWritten_isTheSameTable() {
    LatencyTable read = LatencyText.parse(LatencyText.of(table), "phone.tsv");

    assertThat(read.device()).isEqualTo(DEVICE);
    assertThat(read.timings()).isEqualTo(table.timings());
    assertThat(LatencyText.of(read)).isEqualTo(LatencyText.of(table));
  }

  @Test
  void parse_damagedLines_areNamedWithWhatIsExpected() {
    String text = LatencyText.of(table);
    assertRefused("", "phone.tsv:1: found '', expected # espalier latency table 1");
    assertRefused(text.replace("table 1", "table 2"), "phone.tsv:1: found '# espalier latency");
    assertRefused(text.replace("threads\t2", "threads\ttwo"), "phone.tsv:5: found threads 'two'");
    assertRefused(
        text.replace("threads\t2", "threads\t0"),
        "phone.tsv:5: found threads '0', expected a whole number of at least 1");
    assertRefused(text.replace("block\t0", "block\t-8"), "phone.tsv:7: found block '-8'");
    assertRefused(
        text.replace("12\t8\t5\t110", "12\t4294967295\t5\t110"),
        "found out '4294967295', expected a whole number of at least 1");
    assertRefused(
        text.replace("8\t5\t110", "8\t1\t110"),
        "found count '1', expected a whole number of at least 2");
    assertRefused(text.replace("batch\t", "bunch\t"), "phone.tsv:6: found 'bunch 1'");
    assertRefused(text.replace("in\tout", "out\tin"), "phone.tsv:9: found 'operation layout");
    assertRefused(
        text.replace("conv\tplain", "convolution\tplain"),
        "phone.tsv:11: found operation 'convolution', expected one of conv, depthwise");
    assertRefused(text.replace("110.0000", "fast"), "found mean 'fast', expected a number");
    assertRefused(text.replace("110.0000", "NaN"), "found count 5, mean NaN");
    assertRefused(
        text.substring(0, text.length() - 3), "found the end of 7 operations, expected 7, all");
    String last = text.lines().skip(15).findFirst().orElseThrow() + "\n";
    assertRefused(text.replace(last, ""), "the end of 6 operations, expected 7");
    assertRefused(text.replace("ions\t7", "ions\t8") + last, "the same operation and widths again");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> LatencyText.parse(text, "phone.tsv"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }

  @Test
  void of_measurements_areMeanAndSampleVariance() {
    assertThat(Timing.of(new double[] {1, 2, 6})).isEqualTo(new Timing(3, 3, 7));
  }

  private static Network network(int width) {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(4, 8, 8));
    net.globalAveragePool("pool", net.conv("conv", 0, width, 3, 1));
    return net.build();
  }

  private static LatencyTable table() {
    Map<Kernel, Timing> timings = new LinkedHashMap<>();
    timings.put(new Kernel(CALL, 4, 4), new Timing(5, 3, 0.5));
    timings.put(new Kernel(CONV, 4, 4), new Timing(5, 10, 0.5));
    timings.put(new Kernel(CONV, 4, 8), new Timing(5, 30, 0.5));
    timings.put(new Kernel(CONV, 12, 4), new Timing(5, 50, 0.5));
    timings.put(new Kernel(CONV, 12, 8), new Timing(5, 110, 0.5));
    timings.put(new Kernel(POOL, 4, 4), new Timing(5, 1, 0.5));
    timings.put(new Kernel(POOL, 12, 12), new Timing(5, 5, 0.5));
    return new LatencyTable(DEVICE, timings);
  }
}
