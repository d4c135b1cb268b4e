package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstraintsTest {

  private static final Costs FULL = Costs.of(1000, 101, 500);

  @Test
  void allows_severalConstraints_needsAllOfThem() {
    Constraints constraints =
        Constraints.of(
            new Constraint(Metric.MACS, 400, 500), Constraint.atMost(Metric.PARAMETERS, 60));

    assertThat(constraints.allows(Costs.of(400, 60, 1))).isTrue();
    assertThat(constraints.allows(Costs.of(500, 1, 1))).isTrue();
    assertThat(constraints.allows(Costs.of(399, 60, 1))).isFalse();
    assertThat(constraints.allows(Costs.of(501, 60, 1))).isFalse();
    assertThat(constraints.allows(Costs.of(450, 61, 1))).isFalse();
    assertThat(Constraints.NONE.allows(FULL)).isTrue();
  }

  @Test
  void violations_costsOutside_nameMetricAndBound() {
    Constraints constraints =
        Constraints.of(
            Constraint.atLeast(Metric.MACS, 400_000),
            Constraint.atMost(Metric.PARAMETERS, 60),
            Constraint.atMost(Metric.WEIGHT_BYTES, 1000));

    assertThat(constraints.violations(Costs.of(1000, 61, 1)))
        .containsExactly(
            "macs: 1,000 is below the minimum of 400,000",
            "parameters: 61 is above the maximum of 60");
  }

  @Test
  void from_specs_resolvesSharesOfTheUnprunedNetwork() {
    Constraints constraints =
        Constraints.from(
            List.of(
                new ConstraintSpec("macs", "40%", "0.5k"),
                new ConstraintSpec("parameters", null, "50%"),
                new ConstraintSpec("activationBytes", "1KiB", null)),
            FULL);

    assertThat(constraints)
        .isEqualTo(
            Constraints.of(
                new Constraint(Metric.MACS, 400, 500),
                Constraint.atMost(Metric.PARAMETERS, 50),
                Constraint.atLeast(Metric.ACTIVATION_BYTES, 1024)));
  }

  @Test
  void from_unreadableBound_namesTheField() {
    List<ConstraintSpec> specs = List.of(new ConstraintSpec("macs", "lots", null));

    assertThatThrownBy(() -> Constraints.from(specs, FULL))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("constraints.macs.min: found 'lots'");
  }

  @Test
  void from_unknownMetric_namesTheNearest() {
    List<ConstraintSpec> specs = List.of(new ConstraintSpec("mac", null, "1"));

    assertThatThrownBy(() -> Constraints.from(specs, FULL))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "constraints: metric 'mac' is unknown, expected one of macs, parameters, weightBytes,"
                + " activationBytes, nonZeroMacs, compressedBytes, latency, energy. Maybe 'macs' is meant?");
  }

  @Test
  void new_minAboveMax_isRefused() {
    assertThatThrownBy(() -> new Constraint(Metric.MACS, 2_000, 1_000))
        .isInstanceOf(BadInputException.class)
        .hasMessage("constraints.macs: at least 2,000 and at most 1,000 exclude each other");
  }

  @Test
  void new_twoOfOneMetric_joinsThem() {
    assertThat(Constraints.of(new Constraint(Metric.MACS, 1, 7), new Constraint(Metric.MACS, 3, 9)))
        .isEqualTo(Constraints.of(new Constraint(Metric.MACS, 3, 7)));
    assertThatThrownBy(
            () ->
                Constraints.of(
                    Constraint.atLeast(Metric.MACS, 8), Constraint.atMost(Metric.MACS, 7)))
        .isInstanceOf(BadInputException.class);
  }

  @Test
  void excess_costsOutside_sumsTheLogarithmicDistances() {
    Constraints constraints =
        Constraints.of(
            new Constraint(Metric.MACS, 100, 200), Constraint.atLeast(Metric.PARAMETERS, 30));

    assertThat(constraints.excess(Costs.of(150, 30, 1))).isZero();
    assertThat(constraints.excess(Costs.of(400, 10, 1)))
        .isCloseTo(Math.log(2) + Math.log(3), within(1e-12));
  }
}
