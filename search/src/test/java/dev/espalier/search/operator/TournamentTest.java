package dev.espalier.search.operator;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TournamentTest {

  private static final int ROUNDS = 20_000;

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5})
  void select_manyTimes_prefersTheBetterByTheFormula(int size) {
    RandomGenerator random = new RandomStreams(1).stream("tournament", size);
    List<Integer> ranks = IntStream.range(0, 6).boxed().toList();
    long[] wins = new long[6];
    for (int round = 0; round < ROUNDS; round++) {
      wins[new Tournament(size).select(ranks, random)]++;
    }

    double[] expected = new double[6];
    for (int rank = 0; rank < 6; rank++) {
      double atLeast = Math.pow((6.0 - rank) / 6, size);
      double worse = Math.pow((5.0 - rank) / 6, size);
      expected[rank] = ROUNDS * (atLeast - worse);
    }
    Statistics.assertFits(wins, expected);
  }

  @Test
  void of_noContestants_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Tournament(0));
  }
}
