package dev.espalier.search.random;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class RandomStreamsTest {

  private final RandomStreams streams = new RandomStreams(7);

  @Test
  void stream_sameNameAndNumber_beginsAgain() {
    RandomGenerator first = streams.stream("proposal", 3);
    long drawn = first.nextLong();
    first.nextLong();

    assertThat(streams.stream("proposal", 3).nextLong()).isEqualTo(drawn);
    assertThat(new RandomStreams(7).stream("proposal", 3).nextLong()).isEqualTo(drawn);
  }

  @Test
  void stream_otherSeedNameNumberOrPart_drawsOtherNumbers() {
    Set<Long> drawn = new HashSet<>();
    for (int number = 0; number < 1000; number++) {
      drawn.add(streams.stream("proposal", number).nextLong());
      drawn.add(streams.stream("batch", number).nextLong());
      drawn.add(streams.part("training").stream("proposal", number).nextLong());
      drawn.add(new RandomStreams(8).stream("proposal", number).nextLong());
    }

    assertThat(drawn).hasSize(4000);
  }

  @Test
  void stream_firstDrawsOfNeighbouringNumbers_areUniform() {
    int[] counts = new int[10];
    for (int number = 0; number < 10_000; number++) {
      counts[streams.stream("proposal", number).nextInt(10)]++;
    }

    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 1000.0) * (count - 1000.0) / 1000;
    }
    assertThat(chiSquare).as("99.9%% point of 9 degrees of freedom").isLessThan(27.88);
  }
}
