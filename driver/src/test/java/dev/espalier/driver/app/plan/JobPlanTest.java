package dev.espalier.driver.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.JobFile;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
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

  @Test
  void outlined_latencyTableWhereTheNetworkIsYetToBeFound_isRefusedWhateverTheTable() {
    JobSpec open = JobFile.parse(Plans.SMALL.replace("resnet20", "mobile"), "job.yaml").spec();
    JobSpec.Device phone = new JobSpec.Device(LatencyTables.of("mobilenetv2"), "");

    assertThat(JobPlan.outlined(open, Plans.info()).full().latency()).isZero();
    assertThatThrownBy(() -> JobPlan.outlined(open.with(phone), Plans.info()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("device.latency: a table is of one network")
        .hasMessageContaining("find one among mobile, expected network.architecture");
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
