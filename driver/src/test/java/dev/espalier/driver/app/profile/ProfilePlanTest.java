package dev.espalier.driver.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Device;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkText;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import org.junit.jupiter.api.Test;

class ProfilePlanTest {

  private static final Network RESNET = Zoo.network("resnet20", new Shape(3, 32, 32), 10);

  @Test
  void parse_whatWasWritten_isTheSamePlan() {
    ProfilePlan plan = ProfilePlan.of(SearchSpace.of(RESNET, RatioGrid.METAPRUNING));
    ProfilePlan read = ProfilePlan.parse(plan.text(), "box.plan");

    assertThat(read.text()).isEqualTo(plan.text());
    assertThat(read.narrow().node(1).output().channels()).isEqualTo(1);
    assertThat(read.wide().node(1).output().channels()).isEqualTo(16);
  }

  @Test
  void parse_anythingElse_isRefusedNamingTheFile() {
    String one = NetworkText.of(RESNET);
    String other = NetworkText.of(Zoo.network("resnet32", new Shape(3, 32, 32), 10));

    assertRefused(one, "box.plan: found 1 networks, expected two");
    assertRefused(one + "\n\n" + other, "box.plan: its networks differ in more than their widths");
    assertRefused(one + "\n\nnonsense", "box.plan: network, line 0: found 'nonsense'");
  }

  @Test
  void parse_numbersThatNoNetworkHas_areRefusedNamingTheFile() {
    String one = NetworkText.of(RESNET);
    String none = one.replace("stride 2", "stride 0").replace("stride=2", "stride=0");

    assertThat(none).isNotEqualTo(one);
    assertRefused(none + "\n\n" + none, "box.plan: ");
  }

  @Test
  void kernels_moreValuesThanMemoryHolds_namesTheLayer() {
    ProfilePlan plan = ProfilePlan.of(SearchSpace.of(RESNET, RatioGrid.METAPRUNING));

    assertThat(plan.kernels(new Device("box", "chip", "runtime", 1, 4096, 0), 2)).isNotEmpty();
    assertThatThrownBy(() -> plan.kernels(new Device("box", "chip", "runtime", 1, 4097, 0), 2))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found 67125248 values in a batch of 4097, 16x32x32 each")
        .hasMessageContaining("expected at most 67108864");
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> ProfilePlan.parse(text, "box.plan"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
