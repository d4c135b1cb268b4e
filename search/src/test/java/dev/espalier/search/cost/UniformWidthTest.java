package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UniformWidthTest {

  private final SearchSpace space =
      SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
  private final CostModel model = FormulaCosts.of(space, 1);

  @Test
  void closest_macsOfAUniformStructure_isThatStructure() {
    for (int i = 0; i < 31; i++) {
      long macs = model.costs(space.uniform(i)).macs();
      Structure closest = closest(Constraints.NONE, macs);
      assertThat(model.costs(closest).macs()).isEqualTo(macs);
      assertThat(space.widths(closest)).isEqualTo(space.widths(space.uniform(i)));
    }
  }

  @Test
  void closest_anyMacs_liesBelowByLessThanOneGene() {
    for (long macs = 2_000_000; macs < 40_000_000; macs += 1_234_567) {
      Structure closest = closest(Constraints.NONE, macs);
      int[] genes = closest.toArray();
      assertThat(genes[0] - genes[genes.length - 1]).isBetween(0, 1);

      long found = model.costs(closest).macs();
      int next = Arrays.stream(genes).filter(gene -> gene == genes[0]).toArray().length;
      genes[next % genes.length]++;
      assertThat(found).isLessThanOrEqualTo(macs);
      assertThat(model.costs(Structure.of(genes)).macs()).isGreaterThan(macs);
    }
  }

  @Test
  void closest_widest_isTheBaseNetwork() {
    assertThat(closest(Constraints.NONE, Long.MAX_VALUE)).isEqualTo(space.widest());
  }

  @Test
  void closest_furtherConstraint_isMetToo() {
    long half = model.costs(space.widest()).parameters() / 2;
    Constraints small = Constraints.of(Constraint.atMost(Metric.PARAMETERS, half));

    Structure closest = closest(small, Long.MAX_VALUE);

    assertThat(model.costs(closest).parameters()).isBetween(half * 95 / 100, half);
  }

  @Test
  void closest_nothingThatSmall_isEmpty() {
    assertThat(UniformWidth.closest(space, model, Constraints.NONE, 1000)).isEmpty();
  }

  private Structure closest(Constraints constraints, long macs) {
    return UniformWidth.closest(space, model, constraints, macs).orElseThrow();
  }
}
