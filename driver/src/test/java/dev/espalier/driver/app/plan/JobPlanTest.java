package dev.espalier.driver.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import org.junit.jupiter.api.Test;

class JobPlanTest {

  @Test
  void of_resnet20_hasPublishedCosts() {
    assertThat(Plans.of(Plans.SMALL).full().macs()).isBetween(40_500_000L, 41_100_000L);
  }

  @Test
  void of_impossibleConstraint_isRefusedWithReach() {
    assertThatThrownBy(() -> Plans.of(Plans.SMALL.replace("max: 50%", "max: 100")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("constraints.macs: at most 100 is out of reach");
  }

  @Test
  void of_misspelledNetwork_isRefusedWithGuess() {
    assertThatThrownBy(() -> Plans.of(Plans.SMALL.replace("resnet20", "resnet2")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("resnet20");
  }

  @Test
  void networkDigest_otherWidths_differs() {
    assertThat(Plans.of(Plans.SMALL + "space: {smallest: 50, step: 10}").networkDigest())
        .isNotEqualTo(Plans.of(Plans.SMALL).networkDigest())
        .hasSize(64);
  }
}
