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
  void of_firstStructureOfAnotherSpace_isRefused() {
    assertThatThrownBy(() -> Plans.of(first("30-12-5")))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("search.first: structure");
    assertThatThrownBy(() -> Plans.of(first("30-x")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("gene 1 is 'x', expected a number");
  }

  @Test
  void of_firstStructureThatCostsTooMuch_isRefused() {
    String widest = Plans.of(Plans.SMALL).space().widest().toString();

    assertThatThrownBy(() -> Plans.of(first(widest)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(
            "search.first: structure " + widest + " does not meet the constraints", "macs");
  }

  private static String first(String genes) {
    return Plans.SMALL.replace(
        "  metapruning:", "  first: [\"%s\"]\n  metapruning:".formatted(genes));
  }

  @Test
  void networkDigest_otherWidths_differs() {
    assertThat(Plans.of(Plans.SMALL + "space: {smallest: 50, step: 10}").networkDigest())
        .isNotEqualTo(Plans.of(Plans.SMALL).networkDigest())
        .hasSize(64);
  }
}
