package dev.espalier.search.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class UniformCrossoverTest {

  private final RandomGenerator random = new RandomStreams(1).stream("crossover", 0);
  private final UniformCrossover crossover = new UniformCrossover();

  @Test
  void cross_threeGenes_makesEveryCombinationEquallyOften() {
    long[] combinations = new long[8];
    for (int round = 0; round < 16_000; round++) {
      Structure child = crossover.cross(Structure.of(0, 0, 0), Structure.of(1, 1, 1), random);
      combinations[child.gene(0) * 4 + child.gene(1) * 2 + child.gene(2)]++;
    }

    double[] expected = new double[8];
    Arrays.fill(expected, 2000);
    Statistics.assertFits(combinations, expected);
  }

  @Test
  void cross_equalGenes_keepsThem() {
    Structure child = crossover.cross(Structure.of(5, 1, 9), Structure.of(5, 2, 9), random);

    assertThat(child.gene(0)).isEqualTo(5);
    assertThat(child.gene(1)).isIn(1, 2);
    assertThat(child.gene(2)).isEqualTo(9);
  }
}
