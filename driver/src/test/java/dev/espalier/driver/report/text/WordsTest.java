package dev.espalier.driver.report.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "999, 999",
    "1000, 1.00k",
    "9995, 10.0k",
    "40813184, 40.8M",
    "999600, 1.00M",
    "4089184256, 4.09G",
    "123456789012345, 123T"
  })
  void count_anySize_hasThreeDigits(long count, String text) {
    assertThat(Words.count(count)).isEqualTo(text);
  }

  @Test
  void percent_share_hasTwoDecimals() {
    assertThat(Words.percent(0.61254)).isEqualTo("61.25%");
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0s",
    "59400, 59s",
    "59600, 1m 00s",
    "100000, 1m 40s",
    "7500000, 2h 05m",
    "90000000, 1d 01h"
  })
  void duration_anyLength_hasTwoUnits(long millis, String text) {
    assertThat(Words.duration(Duration.ofMillis(millis))).isEqualTo(text);
  }

  @Test
  void table_rows_areAligned() {
    assertThat(Table.of("name", ">macs").row("a", 5).row("long one", "40.8M").toString())
        .isEqualTo(
            """
            name       macs
            a             5
            long one  40.8M
            """);
  }

  @ParameterizedTest
  @CsvSource({
    "0.4, 0ms",
    "12.4, 12ms",
    "999.4, 999ms",
    "999.6, 1.00s",
    "1214, 1.21s",
    "9994, 9.99s",
    "9996, 10.0s",
    "48340, 48.3s",
    "59960, 1m 00s",
    "125000, 2m 05s"
  })
  void time_short_hasAboutThreeDigits(double millis, String text) {
    assertThat(Words.time(Duration.ofNanos(Math.round(millis * 1e6)))).isEqualTo(text);
  }
}
