package dev.espalier.driver.app.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
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

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> ProfilePlan.parse(text, "box.plan"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(message);
  }
}
