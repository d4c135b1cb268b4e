package dev.espalier.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntervalTest {

  @Test
  void wilson_knownCounts_equalsTheTable() {
    Interval interval = Interval.wilson(8, 10);

    assertThat(interval.low()).isCloseTo(0.4901625, within(1e-6));
    assertThat(interval.high()).isCloseTo(0.9433178, within(1e-6));
  }

  @Test
  void wilson_endsAreRoots_ofTheScoreEquation() {
    Interval interval = Interval.wilson(383, 500);

    for (double end : new double[] {interval.low(), interval.high()}) {
      double z = (0.766 - end) / Math.sqrt(end * (1 - end) / 500);
      assertThat(Math.abs(z)).isCloseTo(1.959964, within(1e-5));
    }
  }

  @Test
  void wilson_allOrNothing_staysWithinZeroAndOne() {
    assertThat(Interval.wilson(0, 20).low()).isZero();
    assertThat(Interval.wilson(0, 20).high()).isCloseTo(0.161125, within(1e-6));
    assertThat(Interval.wilson(20, 20).high()).isEqualTo(1);
  }
}
