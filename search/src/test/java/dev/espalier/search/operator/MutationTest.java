package dev.espalier.search.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MutationTest {

  private static final int ROUNDS = 20_000;
  private static final int GENES = ToyProblem.SPACE.genes().size();

  private final RandomGenerator random = new RandomStreams(1).stream("mutation", 0);

  @Test
  void mutate_manyTimes_changesEachGeneWithItsProbability() {
    Mutation mutation = Mutation.of(ToyProblem.SPACE, 0.1);
    Structure parent = ToyProblem.SPACE.uniform(12);
    long[] changed = new long[GENES + 1];
    for (int round = 0; round < ROUNDS; round++) {
      Structure child = mutation.mutate(parent, random);
      for (int gene = 0; gene < GENES; gene++) {
        changed[child.gene(gene) == parent.gene(gene) ? GENES : gene]++;
      }
    }

    double[] expected = new double[GENES + 1];
    Arrays.fill(expected, 0.1 * ROUNDS);
    expected[GENES] = 0.9 * ROUNDS * GENES;
    Statistics.assertFits(changed, expected);
  }

  @Test
  void mutate_certainly_takesEveryOtherValueEquallyOftenAndNeverTheOld() {
    Mutation mutation = Mutation.of(ToyProblem.SPACE, 1);
    Structure parent = ToyProblem.SPACE.uniform(12);
    long[] values = new long[31];
    for (int round = 0; round < ROUNDS; round++) {
      values[mutation.mutate(parent, random).gene(3)]++;
    }

    assertThat(values[12]).isZero();
    long[] others = new long[30];
    System.arraycopy(values, 0, others, 0, 12);
    System.arraycopy(values, 13, others, 12, 18);
    double[] expected = new double[30];
    Arrays.fill(expected, ROUNDS / 30.0);
    Statistics.assertFits(others, expected);
  }

  @Test
  void mutate_sameStream_givesTheSameChild() {
    Mutation mutation = Mutation.of(ToyProblem.SPACE, 0.3);
    RandomStreams streams = new RandomStreams(5);

    assertThat(mutation.mutate(ToyProblem.SPACE.widest(), streams.stream("m", 1)))
        .isEqualTo(mutation.mutate(ToyProblem.SPACE.widest(), streams.stream("m", 1)));
  }

  @Test
  void mutate_genesWithOneChoice_leavesThem() {
    SearchSpace narrow = SearchSpace.of(ToyProblem.SPACE.network(), new RatioGrid(100, 0, 1, 1));

    assertThat(Mutation.of(narrow, 1).mutate(narrow.widest(), random)).isEqualTo(narrow.widest());
  }

  @Test
  void of_noProbability_isRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mutation.of(ToyProblem.SPACE, 0))
        .withMessageContaining("0.0");
    assertThatIllegalArgumentException().isThrownBy(() -> Mutation.of(ToyProblem.SPACE, 1.01));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Mutation.of(ToyProblem.SPACE, Double.NaN));
  }
}
