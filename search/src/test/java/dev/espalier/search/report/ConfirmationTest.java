package dev.espalier.search.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.simulation.ToyProblem;
import dev.espalier.search.space.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConfirmationTest {

  private static Trial trial(long index, Structure structure, long correct) {
    return new Trial(
        new Candidate(index, structure),
        ToyProblem.COSTS.costs(structure),
        new Scored(correct, 100));
  }

  private static Confirmation plan(List<Trial> searched, List<Trial> random) {
    return Confirmation.plan(searched, random, 2, ToyProblem.SPACE, ToyProblem.COSTS);
  }

  @Test
  void plan_searchAndBaseline_isTheBestThenUniformThenBestRandom() {
    Structure best = ToyProblem.SPACE.uniform(14);
    Structure second = ToyProblem.SPACE.uniform(9);
    Structure third = ToyProblem.SPACE.uniform(3);
    Structure random = ToyProblem.SPACE.uniform(11);

    Confirmation plan =
        plan(
            List.of(trial(0, third, 50), trial(1, best, 90), trial(2, second, 70)),
            List.of(trial(0, third, 40), trial(1, random, 60)));

    assertThat(plan.contenders())
        .containsExactly(
            new Contender(Role.SEARCHED, best),
            new Contender(Role.SEARCHED, second),
            new Contender(Role.UNIFORM, best),
            new Contender(Role.RANDOM, random));
  }

  @Test
  void plan_nothingScored_isEmpty() {
    assertThat(plan(List.of(RankingTest.trial(0, -1, 5)), List.of()).contenders()).isEmpty();
  }
}
