package dev.espalier.search.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.report.Ranking.Order;
import dev.espalier.search.space.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;

class RankingTest {

  static Trial trial(int index, long correct, long macs) {
    Outcome outcome =
        correct < 0
            ? new Outcome.Failed(Outcome.Failed.Kind.LOST, "gone")
            : new Outcome.Scored(correct, 100);
    return new Trial(new Candidate(index, Structure.of(index)), new Costs(macs, 1, 1, 1), outcome);
  }

  private static final List<Trial> TRIALS =
      List.of(
          trial(0, 70, 50), trial(1, 80, 60), trial(2, -1, 1), trial(3, 80, 40), trial(4, 60, 40));

  private static List<Long> indices(Ranking ranking) {
    return ranking.of(TRIALS).stream().map(Trial::index).toList();
  }

  @Test
  void of_byAccuracy_putsTheCheaperOfEqualsFirstAndLeavesOutFailures() {
    assertThat(indices(Ranking.mostAccurate(10))).containsExactly(3L, 1L, 0L, 4L);
  }

  @Test
  void of_byMacs_putsTheMoreAccurateOfEqualsFirst() {
    assertThat(indices(new Ranking(10, Long.MAX_VALUE, Order.MACS)))
        .containsExactly(3L, 4L, 0L, 1L);
  }

  @Test
  void of_topAndMaxMacs_areBothKept() {
    assertThat(indices(new Ranking(2, 50, Order.ACCURACY))).containsExactly(3L, 0L);
  }

  @Test
  void of_nothingAsked_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> Ranking.mostAccurate(0));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Ranking(1, -1, Order.MACS))
        .withMessageContaining("-1");
  }
}
