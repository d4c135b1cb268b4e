package dev.espalier.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.monitoring.PromQl.Selector;
import dev.espalier.monitoring.PromQl.Wanted;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PromQlTest {

  @Test
  void parse_query_namesMetricsMatchersAndLabels() {
    PromQl query =
        PromQl.parse(
            "sum by (stage, le) (rate(a_total{x=\"1\", y=~\"$i\"}[$__rate_interval])) / (b > 0.5)"
                + " and on (instance) absent(c)");

    assertThat(query.selectors())
        .containsExactly(
            new Selector(
                "a_total", Map.of("x", new Wanted("=", "1"), "y", new Wanted("=~", "$i")), true),
            new Selector("b", Map.of(), false),
            new Selector("c", Map.of(), false));
    assertThat(query.labels()).containsExactlyInAnyOrder("stage", "le", "instance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "rate(a_total)",
        "rate(a_total[5m]",
        "rates(a_total[5m])",
        "sum(a) by (b",
        "a{b=1}",
        "a{b~\"1\"}",
        "a b",
        "a +",
        "a[5]",
        "a # b"
      })
  void parse_noQuery_isRefused(String text) {
    assertThatThrownBy(() -> PromQl.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }
}
