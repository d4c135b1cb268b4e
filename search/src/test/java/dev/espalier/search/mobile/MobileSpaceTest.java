package dev.espalier.search.mobile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class MobileSpaceTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final MobileSpace SPACE = new MobileSpace(IMAGE, 10, MobileSpace.USUAL);

  @Test
  void supernet_ofTheUsualBlocks_hasAChoiceForEachBlockThatWidens() {
    Map<String, List<String>> choices = SPACE.supernet().choices();

    assertThat(choices).hasSize(16);
    assertThat(choices.get("stage2.block0")).containsExactly("k3e3", "k3e6", "k5e3", "k5e6");
    assertThat(choices.get("stage2.block1"))
        .containsExactly("k3e3", "k3e6", "k5e3", "k5e6", "none");
  }

  @Test
  void network_ofTheOriginalBlocks_hasTheCostsOfMobileNetV2() {
    Network network = SPACE.parse("k3e6 ".repeat(16)).network();

    assertThat(WalkCosts.of(network, 1))
        .isEqualTo(WalkCosts.of(Zoo.network("mobilenetv2", IMAGE, 10), 1));
  }

  @Property(tries = 20)
  void random_anyOne_isReadBackAndPrunedWithCostsByFormulaAsByWalking(@ForAll long seed) {
    MobileArchitecture architecture =
        SPACE.random(new RandomStreams(seed).stream("architecture", 0));
    assertThat(SPACE.parse(architecture.text())).isEqualTo(architecture);

    SearchSpace space = SearchSpace.of(architecture.network(), RatioGrid.METAPRUNING);
    Structure structure = space.random(new RandomStreams(seed).stream("structure", 0));
    assertThat(FormulaCosts.of(space, 2).costs(structure))
        .isEqualTo(WalkCosts.of(space.apply(structure), 2));
  }

  @Test
  void decide_someAlphas_takesTheLargestAndAmongEqualsTheFirst() {
    Map<String, List<Double>> alphas =
        new LinkedHashMap<>(Alphas.zeros(SPACE.supernet()).choices());
    alphas.put("stage2.block0", List.of(0.0, 1.0, 2.0, 2.0));
    alphas.put("stage2.block1", List.of(0.0, 1.0, 0.5, 0.1, 1.5));

    MobileArchitecture decided = SPACE.decide(new Alphas(alphas));

    assertThat(decided.text()).startsWith("k5e3 none k3e3 k3e3");
    assertThat(decided.skips()).isEqualTo(1);
    assertThat(decided.network().classes()).isEqualTo(10);
  }

  @Test
  void of_nothingToChooseFrom_isRefused() {
    assertThatThrownBy(() -> new MobileSpace(IMAGE, 10, List.of()))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("blocks: found [], expected at least one");
    assertThatThrownBy(() -> new Block(4, 6)).hasMessageContaining("kernel is 4, expected an odd");
    assertThatThrownBy(() -> new Block(3, 0)).hasMessageContaining("expansion is 0");
    assertThatThrownBy(() -> new MobileSpace(new Shape(3, 16, 32), 10, MobileSpace.USUAL))
        .hasMessageContaining("3x16x32 are too small");
  }

  @Test
  void parse_somethingElse_saysWhatIsWrong() {
    assertThatThrownBy(() -> SPACE.parse("k3e6"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 blocks, expected 16");
    assertThatThrownBy(() -> SPACE.parse("none " + "k3e6 ".repeat(15)))
        .hasMessageContaining("stage2.block0: block 'none' is not of this space")
        .hasMessageContaining("expected one of k3e3, k3e6, k5e3, k5e6");
  }
}
