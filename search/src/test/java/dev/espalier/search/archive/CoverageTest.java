package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CoverageTest {

  private static final double[] LOW = {0.1, 10};
  private static final double[] MIDDLE = {0.2, 5};
  private static final double[] HIGH = {0.3, 2};

  @Test
  void of_pointsThatAreDominatedOrEqual_countsThem() {
    List<double[]> better = List.of(new double[] {0.1, 4}, new double[] {0.3, 2});

    assertThat(Coverage.of(better, List.of(LOW, MIDDLE, HIGH))).isEqualTo(1);
    assertThat(Coverage.of(List.of(MIDDLE), List.of(LOW, MIDDLE, HIGH))).isEqualTo(1.0 / 3);
  }

  @Test
  void of_frontsThatCross_isBetweenNothingAndAllBothWays() {
    List<double[]> one = List.of(new double[] {0.1, 9}, new double[] {0.4, 3});
    List<double[]> two = List.of(LOW, HIGH);

    assertThat(Coverage.of(one, two)).isEqualTo(0.5);
    assertThat(Coverage.of(two, one)).isEqualTo(0.5);
  }

  @Test
  void of_emptyFront_isNothing() {
    assertThat(Coverage.of(List.of(LOW), List.of())).isZero();
    assertThat(Coverage.of(List.of(), List.of(LOW))).isZero();
  }
}
