package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.cost.Metric;
import dev.espalier.search.job.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ObjectivesTest {

  @Test
  void of_trial_isErrorAndThenEachMetric() {
    Objectives objectives = Objectives.of(Metric.PARAMETERS, Metric.MACS);

    assertThat(objectives.of(Trials.scored(0, 75, 30, 20))).containsExactly(0.25, 20, 30);
  }

  @Test
  void dominates_betterEqualAndMixed_isTrueFalseFalse() {
    assertThat(Objectives.dominates(new double[] {1, 2}, new double[] {1, 3})).isTrue();
    assertThat(Objectives.dominates(new double[] {1, 2}, new double[] {1, 2})).isFalse();
    assertThat(Objectives.dominates(new double[] {1, 2}, new double[] {0, 3})).isFalse();
  }

  @Test
  void of_noMetricOrOneTwice_isRefused() {
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> new Objectives(List.of()))
        .withMessageContaining("search.objectives");
    assertThatExceptionOfType(BadInputException.class)
        .isThrownBy(() -> Objectives.of(Metric.MACS, Metric.MACS))
        .withMessageContaining("[macs, macs]");
  }
}
