package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundTest {

  @ParameterizedTest
  @CsvSource({
    "20M, 20000000",
    "1.5G, 1500000000",
    "300k, 300000",
    "0.5k, 500",
    "12345, 12345",
    "4MiB, 4194304",
    "512 KiB, 524288",
    "1.5GiB, 1610612736",
    "0, 0",
    "9223372036854775807, 9223372036854775807",
  })
  void parse_number_isAbsolute(String text, long amount) {
    assertThat(Bound.parse("max", text)).isEqualTo(new Bound.Absolute(amount));
  }

  @ParameterizedTest
  @CsvSource({"50%, 1001, 501, 500", "33.3%, 1000, 333, 333", "100%, 7, 7, 7", "0%, 7, 0, 0"})
  void parse_share_roundsIntoTheBand(String text, long full, long atLeast, long atMost) {
    Bound bound = Bound.parse("max", text);

    assertThat(bound.atLeast(full)).isEqualTo(atLeast);
    assertThat(bound.atMost(full)).isEqualTo(atMost);
  }

  @ParameterizedTest
  @CsvSource({"5ms, 5000000", "0.2s, 200000000", "800us, 800000", "1.5 us, 1500", "7ns, 7"})
  void parse_time_isNanoseconds(String text, long nanoseconds) {
    assertThat(Bound.parse("max", text, Metric.LATENCY)).isEqualTo(new Bound.Absolute(nanoseconds));
  }

  @Test
  void parse_latencyWithoutAUnit_isRefused() {
    assertThatThrownBy(() -> Bound.parse("constraints.latency.max", "5", Metric.LATENCY))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "constraints.latency.max: found '5', expected a time such as 5ms, 800us or 0.2s, or a share such as 50%");
    assertThatThrownBy(() -> Bound.parse("constraints.macs.max", "5ms", Metric.MACS))
        .isInstanceOf(BadInputException.class);
    assertThat(Bound.parse("max", "50%", Metric.LATENCY).atMost(9)).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "M", "20m", "-5", "1e6", "20MB", "1,5G", "half", "50 percent", "%"})
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> Bound.parse("constraints.macs.max", text))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "constraints.macs.max: found '%s', expected a bound such as 20M, 1.5G, 300k, 4MiB or"
                + " 50%%",
            text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "0.0001k", "9223372036854775808", "9999999999999G"})
  void parse_noWholeNumber_isRefused(String text) {
    assertThatThrownBy(() -> Bound.parse("max", text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("expected a whole number below 2^63");
  }

  @Test
  void parse_moreThanAll_isRefused() {
    assertThatThrownBy(() -> Bound.parse("max", "100.1%"))
        .isInstanceOf(BadInputException.class)
        .hasMessage("max: found '100.1%', expected at most 100% of the unpruned network");
  }
}
