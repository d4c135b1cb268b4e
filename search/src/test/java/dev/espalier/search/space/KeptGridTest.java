package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.SpaceSpec;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeptGridTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "0,100", "-5,100", "50", "100,50", "50,50,100", "50,101"})
  void new_fractionsThatCannotBe_areRefused(String percents) {
    List<Integer> list =
        percents.isEmpty()
            ? List.of()
            : List.of(percents.split(",")).stream().map(Integer::valueOf).toList();

    assertThatThrownBy(() -> new KeptGrid(list))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("space.kept: found " + list)
        .hasMessageContaining("from at least 1 to exactly 100");
  }

  @ParameterizedTest
  @CsvSource({"0.01, 10, 1", "0.05, 10, 1", "0.15, 10, 2", "0.5, 7, 4", "1, 7, 7"})
  void kept_anyFraction_isTheNearestNumberAndAtLeastOne(double fraction, long weights, long kept) {
    assertThat(KeptGrid.kept(fraction, weights)).isEqualTo(kept);
  }

  @Test
  void nearest_anyFraction_isTheClosest() {
    KeptGrid grid = new KeptGrid(List.of(1, 10, 50, 100));

    assertThat(grid.nearest(0.002)).isZero();
    assertThat(grid.nearest(0.12)).isEqualTo(1);
    assertThat(grid.nearest(0.74)).isEqualTo(2);
    assertThat(grid.nearest(1)).isEqualTo(3);
  }

  @Test
  void space_withFractions_hasAGeneForEachLayerBehindItsWidths() {
    SearchSpace space =
        SearchSpace.from(
            Zoo.network("resnet20", new Shape(3, 32, 32), 10),
            new SpaceSpec(10, 3, 1, List.of(), List.of(5, 25, 100)));

    assertThat(space.widthGenes()).isEqualTo(12);
    assertThat(space.genes()).hasSize(12 + 20 + 2);
    assertThat(space.genes().get(12)).isEqualTo(new Gene.Kept("stem.conv.kept", 1, 3));
    assertThat(space.network().layersWithWeights())
        .allSatisfy(
            layer -> {
              assertThat(space.keptFraction(space.widest(), layer)).isEqualTo(1);
              assertThat(space.keptFraction(space.uniform(3), layer)).isEqualTo(1);
              assertThat(space.keptFraction(space.narrowest(), layer)).isEqualTo(0.05);
            });
  }
}
