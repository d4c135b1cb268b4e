package dev.espalier.search.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class KendallTauTest {

  @Test
  void of_knownRankings_equalsTheCountOfPairs() {
    double[] x = {1, 2, 3, 4, 5};

    assertThat(KendallTau.of(x, new double[] {3, 1, 2, 5, 4}).tau()).isEqualTo(0.4);
    assertThat(KendallTau.of(x, new double[] {10, 20, 30, 40, 50}).tau()).isEqualTo(1);
    assertThat(KendallTau.of(x, new double[] {5, 4, 3, 2, 1}).tau()).isEqualTo(-1);
  }

  @Test
  void of_ties_leavesThemOutAsTauBDoes() {
    double[] x = {1, 2, 2, 3};
    double[] y = {1, 3, 2, 4};

    assertThat(KendallTau.of(x, y).tau()).isCloseTo(5 / Math.sqrt(5 * 6), within(1e-12));
    assertThat(KendallTau.of(new double[] {1, 1}, new double[] {1, 2}).tau()).isNaN();
  }

  @Test
  void pValue_fourValues_isTheShareOfAllRankings() {
    double[] x = {1, 2, 3, 4};
    double[][] rankings = {{1, 2, 3, 4}, {2, 1, 3, 4}, {2, 1, 4, 3}, {4, 1, 2, 3}};
    for (double[] y : rankings) {
      KendallTau own = KendallTau.of(x, y);
      assertThat(own.pValue()).isCloseTo(shareAtLeast(x, Math.abs(own.tau())), within(1e-12));
    }
  }

  /** By trying all 24 rankings. */
  private static double shareAtLeast(double[] x, double tau) {
    return IntStream.range(0, 256)
            .mapToObj(i -> new double[] {i % 4, (i >> 2) % 4, (i >> 4) % 4, i >> 6})
            .filter(y -> IntStream.range(0, 4).mapToDouble(i -> y[i]).distinct().count() == 4)
            .filter(y -> Math.abs(KendallTau.of(x, y).tau()) >= tau - 1e-9)
            .count()
        / 24.0;
  }

  @Test
  void pValue_twelveValuesInOrder_isTwoInTwelveFactorial() {
    double[] x = IntStream.range(0, 12).asDoubleStream().toArray();

    assertThat(KendallTau.of(x, x).pValue()).isCloseTo(2 / 479_001_600.0, within(1e-18));
  }

  @Test
  void of_listsThatDoNotFit_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KendallTau.of(new double[2], new double[3]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> KendallTau.of(new double[1], new double[1]));
  }
}
