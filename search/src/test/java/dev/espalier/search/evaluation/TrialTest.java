package dev.espalier.search.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.Structure;
import org.junit.jupiter.api.Test;

class TrialTest {

  private static final Candidate CANDIDATE = new Candidate(4, Structure.of(3, 0));
  private static final Costs COSTS = new Costs(1, 2, 3, 4);

  @Test
  void accuracy_scored_isTheShareOfCorrectImages() {
    Trial trial = new Trial(CANDIDATE, COSTS, new Outcome.Scored(3, 4));

    assertThat(trial.scored()).isTrue();
    assertThat(trial.accuracy()).isEqualTo(0.75);
  }

  @Test
  void accuracy_failed_isRefusedWithTheReason() {
    Trial trial =
        new Trial(CANDIDATE, COSTS, new Outcome.Failed(Outcome.Failed.Kind.ERROR, "no memory"));

    assertThat(trial.scored()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(trial::accuracy)
        .withMessageContainingAll("candidate 4", "no memory");
  }

  @Test
  void scored_impossibleCounts_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Scored(5, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Scored(-1, 4));
    assertThatIllegalArgumentException().isThrownBy(() -> new Outcome.Scored(0, 0));
  }
}
