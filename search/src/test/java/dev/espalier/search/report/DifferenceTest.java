package dev.espalier.search.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.report.Difference.Pairs;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class DifferenceTest {

  @Test
  void independent_ofKnownCounts_equalsThePublishedInterval() {
    Difference difference = Difference.independent(new Scored(56, 70), new Scored(48, 80));

    assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
    assertThat(difference.low()).isCloseTo(0.0524, within(5e-5));
    assertThat(difference.high()).isCloseTo(0.3339, within(5e-5));
    assertThat(difference.certain()).isTrue();
  }

  @Test
  void paired_ofKnownCounts_equalsThePublishedInterval() {
    Difference difference = Difference.paired(new Pairs(36, 12, 2, 0));

    assertThat(difference.value()).isCloseTo(0.2, within(1e-12));
    assertThat(difference.low()).isCloseTo(0.0569, within(5e-5));
    assertThat(difference.high()).isCloseTo(0.3404, within(5e-5));
  }

  @Test
  void paired_withTheOrderTurnedAround_turnsTheIntervalAround() {
    Difference one = Difference.paired(new Pairs(300, 50, 30, 120));
    Difference other = Difference.paired(new Pairs(300, 30, 50, 120));

    assertThat(other.value()).isEqualTo(-one.value());
    assertThat(other.low()).isCloseTo(-one.high(), within(1e-12));
    assertThat(other.high()).isCloseTo(-one.low(), within(1e-12));
  }

  @Test
  void paired_ofUnrelatedAnswers_isAsWideAsIndependent() {
    Difference paired = Difference.paired(new Pairs(200, 200, 300, 300));
    Difference independent = Difference.independent(new Scored(400, 1000), new Scored(500, 1000));

    assertThat(paired).isEqualTo(independent);
  }

  @Test
  void paired_ofEqualAnswers_isCertainOfNothing() {
    Difference difference = Difference.paired(new Pairs(400, 0, 0, 100));

    assertThat(difference.value()).isZero();
    assertThat(difference.low()).isNegative();
    assertThat(difference.high()).isPositive();
    assertThat(difference.certain()).isFalse();
  }

  @Test
  void paired_overManySamples_holdsTheTruthAboutNineteenTimesInTwenty() {
    RandomGenerator random = new RandomStreams(3).stream("samples", 0);
    int samples = 2000;
    int held = 0;
    for (int sample = 0; sample < samples; sample++) {
      Difference difference = Difference.paired(sample(random, 400));
      held += difference.low() <= 0.05 && 0.05 <= difference.high() ? 1 : 0;
    }

    assertThat((double) held / samples).isBetween(0.935, 0.965);
  }

  /** P(both) = 0.55, P(only the first) = 0.15, P(only the second) = 0.10: a difference of 0.05. */
  private static Pairs sample(RandomGenerator random, int images) {
    int[] cells = new int[4];
    for (int image = 0; image < images; image++) {
      double draw = random.nextDouble();
      cells[draw < 0.55 ? 0 : draw < 0.70 ? 1 : draw < 0.80 ? 2 : 3]++;
    }
    return new Pairs(cells[0], cells[1], cells[2], cells[3]);
  }

  @Test
  void plus_ofTwoSets_addsEachCell() {
    assertThat(new Pairs(1, 2, 3, 4).plus(new Pairs(10, 20, 30, 40)))
        .isEqualTo(new Pairs(11, 22, 33, 44));
  }

  @Test
  void pairs_ofNoImages_isRefused() {
    assertThatThrownBy(() -> new Pairs(0, 0, 0, 0)).hasMessageContaining("impossible");
    assertThatThrownBy(() -> new Pairs(5, -1, 0, 0)).hasMessageContaining("impossible");
  }
}
