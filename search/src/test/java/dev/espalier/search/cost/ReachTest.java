package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class ReachTest {

  private final SearchSpace space =
      SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
  private final CostModel model = FormulaCosts.of(space, 1);
  private final Reach reach = Reach.of(space, model);

  @Test
  void of_space_holdsEveryStructure() {
    RandomGenerator random = new RandomStreams(1).stream("structure", 0);

    for (int i = 0; i < 1000; i++) {
      Costs costs = model.costs(space.random(random));
      for (Metric metric : Metric.values()) {
        assertThat(costs.of(metric)).isBetween(reach.least().of(metric), reach.most().of(metric));
      }
    }
    assertThat(reach.most().macs()).isEqualTo(40_813_184);
  }

  @Test
  void check_endsOfTheReach_pass() {
    for (Metric metric : Metric.values()) {
      Constraints ends =
          Constraints.of(new Constraint(metric, reach.most().of(metric), reach.most().of(metric)));
      assertThatCode(() -> reach.check(ends)).doesNotThrowAnyException();
      Constraints least = Constraints.of(Constraint.atMost(metric, reach.least().of(metric)));
      assertThatCode(() -> reach.check(least)).doesNotThrowAnyException();
    }
  }

  @Test
  void check_maximumBelowTheNarrowest_isRefused() {
    Constraints tiny = Constraints.of(Constraint.atMost(Metric.MACS, 1_000));

    assertThatThrownBy(() -> reach.check(tiny))
        .isInstanceOf(BadInputException.class)
        .hasMessage(
            "constraints.macs: at most 1,000 is out of reach, expected a bound between 309,564"
                + " (0.8%) and 40,813,184, what the narrowest and the widest resnet20 of this space"
                + " cost");
  }

  @Test
  void check_minimumAboveTheWidest_isRefused() {
    Constraints huge = Constraints.of(Constraint.atLeast(Metric.PARAMETERS, 300_000));

    assertThatThrownBy(() -> reach.check(huge))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("constraints.parameters: at least 300,000 is out of reach");
  }
}
