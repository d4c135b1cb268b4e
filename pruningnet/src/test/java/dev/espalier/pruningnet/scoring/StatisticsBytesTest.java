package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatisticsBytesTest {

  private static final Statistics STATISTICS =
      new Statistics(
          Map.of(
              7, new Moments(new float[] {1, Float.NaN}, new float[] {0.5f, 4}),
              2, new Moments(new float[] {-3}, new float[] {Float.MIN_VALUE})));

  /** Version 1, as it may lie in caches. */
  private static final String WRITTEN =
      "00000001"
          + "00000002" // version, layers
          + "00000002"
          + "00000001"
          + "c0400000"
          + "00000001" // node 2
          + "00000007"
          + "00000002"
          + "3f8000007fc00000"
          + "3f00000040800000"; // node 7

  @Test
  void bytes_ofStatistics_areTheWrittenFormInTheOrderOfTheNetwork() {
    assertThat(HexFormat.of().formatHex(StatisticsBytes.of(STATISTICS))).isEqualTo(WRITTEN);
  }

  @Test
  void parse_ofTheWrittenForm_givesTheSameStatistics() {
    assertThat(StatisticsBytes.parse(HexFormat.of().parseHex(WRITTEN))).contains(STATISTICS);
  }

  @Test
  void parse_ofNoLayers_givesNoLayers() {
    Statistics none = new Statistics(Map.of());
    assertThat(StatisticsBytes.parse(StatisticsBytes.of(none))).contains(none);
  }

  @Test
  void parse_ofAnyOtherLength_isEmpty() {
    byte[] bytes = StatisticsBytes.of(STATISTICS);
    for (int length = 0; length < bytes.length; length++) {
      assertThat(StatisticsBytes.parse(Arrays.copyOf(bytes, length))).as("%d", length).isEmpty();
    }
    assertThat(StatisticsBytes.parse(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
  }

  @Test
  void parse_ofAbsurdNumbers_isEmpty() {
    for (int position = 0; position < 12; position += 4) {
      byte[] bytes = StatisticsBytes.of(STATISTICS);
      Arrays.fill(
          bytes, position == 8 ? 12 : position, (position == 8 ? 12 : position) + 4, (byte) 0x7f);
      assertThat(StatisticsBytes.parse(bytes)).as("byte %d", position).isEmpty();
    }
  }
}
