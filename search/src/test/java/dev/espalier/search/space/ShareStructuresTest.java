package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShareStructuresTest {

  private static final Network NETWORK = Zoo.network("resnet20", new Shape(3, 32, 32), 10);
  private static final SearchSpace SPACE =
      SearchSpace.of(
          NETWORK,
          new RatioGrid(10, 10, 10, 1),
          new KeptGrid(List.of(5, 10, 25, 50, 100)),
          Set.of());

  @Test
  void sparse_sharesBetweenTheGrid_takesTheNearestAndLeavesWidthsAlone() {
    Structure structure =
        ShareStructures.sparse(SPACE, layer -> layer.name().endsWith("conv1") ? 0.2 : 0.6);

    for (Node layer : NETWORK.layersWithWeights()) {
      assertThat(SPACE.keptFraction(structure, layer))
          .isEqualTo(layer.name().endsWith("conv1") ? 0.25 : 0.5);
      assertThat(SPACE.width(structure, layer)).isEqualTo(layer.output().channels());
    }
  }

  @Test
  void narrow_aQuarterOfTheWeights_isHalfOfEveryWidth() {
    Structure structure = ShareStructures.narrow(SPACE, layer -> 0.25);

    for (ChannelGroup group : SPACE.groups()) {
      assertThat(SPACE.ratio(structure, group.id())).isEqualTo(group.fixed() ? 1 : 0.5);
    }
    NETWORK
        .layersWithWeights()
        .forEach(layer -> assertThat(SPACE.keptFraction(structure, layer)).isEqualTo(1));
  }

  @Test
  void any_allOfTheWeights_isTheWidestStructure() {
    assertThat(ShareStructures.narrow(SPACE, layer -> 1)).isEqualTo(SPACE.widest());
    assertThat(ShareStructures.sparse(SPACE, layer -> 1)).isEqualTo(SPACE.widest());
  }
}
