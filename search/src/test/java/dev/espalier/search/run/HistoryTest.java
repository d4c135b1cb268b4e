package dev.espalier.search.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.space.Structure;
import org.junit.jupiter.api.Test;

class HistoryTest {

  private static Trial trial(int index) {
    return new Trial(
        new Candidate(index, Structure.of(index)), new Costs(1, 1, 1, 1), new Outcome.Scored(1, 2));
  }

  @Test
  void plus_twoBranches_shareTheirPastAndNothingElse() {
    History past = History.empty().plus(trial(0)).plus(trial(1));

    assertThat(past.plus(trial(2)).trials()).containsExactly(trial(0), trial(1), trial(2));
    assertThat(past.plus(trial(3)).trials()).containsExactly(trial(0), trial(1), trial(3));
    assertThat(past.trials()).hasSize(past.size()).hasSize(2);
    assertThat(History.empty().trials()).isEmpty();
  }

  @Test
  void trials_longHistory_needsNoDeepStack() {
    History history = History.empty();
    for (int i = 0; i < 100_000; i++) {
      history = history.plus(trial(i));
    }

    assertThat(history.trials().get(99_999).index()).isEqualTo(99_999);
  }
}
