package dev.espalier.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStreams;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TurnTest {

  @Test
  void random_eachTurn_hasAStreamOfItsOwn() {
    Set<Long> drawn = new HashSet<>();
    for (int index = 0; index < 100; index++) {
      Turn turn = new Turn(index, new RandomStreams(1), StructureSet.empty());
      assertThat(drawn.add(turn.random().nextLong())).as("turn %d", index).isTrue();
      assertThat(drawn).contains(turn.random().nextLong());
    }
  }
}
