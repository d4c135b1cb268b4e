package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.Metric;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class HypervolumeTest {

  private static final int SIDE = 6;

  @Example
  void of_twoSteps_isTheAreaUnderTheStairs() {
    List<double[]> points = List.of(new double[] {1, 3}, new double[] {2, 1}, new double[] {3, 3});

    assertThat(Hypervolume.of(points, new double[] {4, 5})).isEqualTo(3 * 2 + 2 * 2);
  }

  @Example
  void of_noPointOrOnesOutside_isNothing() {
    assertThat(Hypervolume.of(List.of(), new double[] {1, 1})).isZero();
    assertThat(Hypervolume.of(List.of(new double[] {0, 1}), new double[] {1, 1})).isZero();
  }

  @Property(tries = 500)
  void of_pointsOnAGrid_equalsTheNumberOfCellsBehindThem(
      @ForAll("pointSets") List<double[]> points) {
    int dimensions = points.get(0).length;
    double[] reference = new double[dimensions];
    Arrays.fill(reference, SIDE);

    assertThat(Hypervolume.of(points, reference))
        .isEqualTo((double) cellsBehind(points, dimensions));
  }

  @Provide
  Arbitrary<List<double[]>> pointSets() {
    Arbitrary<Double> coordinate = Arbitraries.integers().between(0, SIDE + 1).map(i -> (double) i);
    return Arbitraries.integers()
        .between(1, 4)
        .flatMap(
            dimensions ->
                coordinate
                    .list()
                    .ofSize(dimensions)
                    .map(list -> list.stream().mapToDouble(x -> x).toArray())
                    .list()
                    .ofMinSize(1)
                    .ofMaxSize(12));
  }

  /** The unit cells whose lower corner some point dominates or equals. */
  private static long cellsBehind(List<double[]> points, int dimensions) {
    long cells = 0;
    long all = Math.round(Math.pow(SIDE, dimensions));
    for (long cell = 0; cell < all; cell++) {
      long corner = cell;
      if (points.stream().anyMatch(point -> reaches(point, corner))) {
        cells++;
      }
    }
    return cells;
  }

  private static boolean reaches(double[] point, long cell) {
    long rest = cell;
    for (double coordinate : point) {
      if (coordinate > rest % SIDE) {
        return false;
      }
      rest /= SIDE;
    }
    return true;
  }

  @Example
  void share_oneTrial_isItsBoxOfTheWholeBox() {
    ParetoArchive archive =
        ParetoArchive.empty(Objectives.of(Metric.MACS)).plus(Trials.scored(0, 80, 25, 1));

    assertThat(Hypervolume.share(archive, new Costs(100, 1, 1, 1))).isCloseTo(0.6, within(1e-12));
  }
}
