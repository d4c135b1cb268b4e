package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.search.cost.Metric;
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
    assertThatIllegalArgumentException().isThrownBy(() -> new Objectives(List.of()));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Objectives.of(Metric.MACS, Metric.MACS))
        .withMessageContaining("MACS");
  }
}
