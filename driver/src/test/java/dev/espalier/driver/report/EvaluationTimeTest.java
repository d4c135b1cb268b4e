package dev.espalier.driver.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvaluationTimeTest {

  private static final Outcome SCORED = new Outcome.Scored(1, 2);

  @Test
  void of_oneResult_isItsTime() {
    assertThat(EvaluationTime.of(List.of(result(SCORED, 7, 0))))
        .contains(new EvaluationTime(1, Duration.ofMillis(7), Duration.ofMillis(7)));
  }

  @Test
  void of_manyResultsInAnyOrder_hasTheirQuantiles() {
    List<Evaluation> results =
        new ArrayList<>(
            IntStream.rangeClosed(1, 100).mapToObj(millis -> result(SCORED, millis, 0)).toList());
    Collections.shuffle(results, new Random(1));

    assertThat(EvaluationTime.of(results))
        .contains(new EvaluationTime(100, Duration.ofMillis(50), Duration.ofMillis(95)));
    assertThat(EvaluationTime.of(results).orElseThrow().text())
        .isEqualTo("median 50ms, p95 95ms, n 100");
  }

  @Test
  void of_resultsThatDoNotTell_leavesThemOut() {
    Evaluation failed = result(new Outcome.Failed(Outcome.Failed.Kind.TIME_LIMIT, "slow"), 900, 0);
    Evaluation cached = result(SCORED, 1, 60);
    Evaluation repaired = result(SCORED, 0, 0);

    assertThat(EvaluationTime.of(List.of())).isEmpty();
    assertThat(EvaluationTime.of(List.of(failed, cached, repaired))).isEmpty();
    assertThat(EvaluationTime.of(List.of(failed, result(SCORED, 7, 0), cached, repaired)))
        .contains(new EvaluationTime(1, Duration.ofMillis(7), Duration.ofMillis(7)));
  }

  private static Evaluation result(Outcome outcome, long millis, long cachedImages) {
    return new Evaluation(
        new Candidate(0, Structure.of(1, 2)), outcome, Duration.ofMillis(millis), cachedImages);
  }
}
