package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CrowdingDistanceTest {

  private static final double FAR = Double.POSITIVE_INFINITY;

  @Test
  void of_aFront_isTheSumOfNeighbourDistancesPerExtent() {
    List<double[]> front =
        List.of(
            new double[] {4, 0}, new double[] {0, 10}, new double[] {1, 6}, new double[] {2, 5});

    assertThat(CrowdingDistance.of(front))
        .containsExactly(FAR, FAR, 2.0 / 4 + 5.0 / 10, 3.0 / 4 + 6.0 / 10);
  }

  @Test
  void of_oneOrTwo_isInfinite() {
    assertThat(CrowdingDistance.of(List.of(new double[] {1, 1}))).containsExactly(FAR);
    assertThat(CrowdingDistance.of(List.of(new double[] {1, 2}, new double[] {2, 1})))
        .containsExactly(FAR, FAR);
  }

  @Test
  void of_aCoordinateWithoutExtent_addsNothingBetweenTheEnds() {
    List<double[]> front = List.of(new double[] {0, 3}, new double[] {1, 3}, new double[] {2, 3});

    assertThat(CrowdingDistance.of(front)).containsExactly(FAR, 1.0, FAR);
  }
}
