package dev.espalier.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.scorer.ActingScorers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every {@link AttemptPool} over an {@link ActingScorers} of two workers must do. */
public abstract class AttemptPoolContract {

  /** A new pool with a time limit, one attempt for each candidate. */
  protected abstract EvaluationPool open(Duration limit);

  @Test
  void take_manyCandidates_givesEachOnceWithItsOwnScore() throws InterruptedException {
    List<Candidate> candidates =
        IntStream.range(0, 40).mapToObj(i -> new Candidate(i, ActingScorers.score(i))).toList();
    try (EvaluationPool pool = open(Duration.ofSeconds(60))) {
      pool.submit(candidates.subList(0, 25));
      pool.submit(candidates.subList(25, 40));

      List<Evaluation> evaluations = takeAll(pool, 40);

      assertThat(evaluations)
          .extracting(Evaluation::candidate)
          .containsExactlyInAnyOrderElementsOf(candidates);
      assertThat(evaluations)
          .allSatisfy(
              evaluation ->
                  assertThat(evaluation.outcome())
                      .isEqualTo(
                          new Outcome.Scored(
                              2 * evaluation.candidate().index(), 2 * ActingScorers.IMAGES)));
      assertThat(pool.take(Duration.ZERO)).isEmpty();
    }
  }

  @Test
  void take_nothingSubmitted_isEmptyWhenTheTimeIsUp() throws InterruptedException {
    try (EvaluationPool pool = open(Duration.ofSeconds(60))) {
      long start = System.nanoTime();

      assertThat(pool.take(Duration.ofMillis(50))).isEmpty();
      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(50_000_000);
    }
  }

  @Test
  void take_evaluationsThatFail_givesTheirFailuresAndTheOthersScores() throws InterruptedException {
    List<Structure> acts =
        List.of(
            ActingScorers.score(1),
            ActingScorers.THROW,
            ActingScorers.NOT_FINITE,
            ActingScorers.OUT_OF_MEMORY,
            ActingScorers.score(2));
    try (EvaluationPool pool = open(Duration.ofSeconds(60))) {
      pool.submit(
          IntStream.range(0, acts.size()).mapToObj(i -> new Candidate(i, acts.get(i))).toList());

      List<Evaluation> evaluations = takeAll(pool, acts.size());

      assertThat(evaluations)
          .extracting(e -> e.candidate().index(), e -> kind(e.outcome()))
          .containsExactlyInAnyOrder(
              tuple(0L, "SCORED"),
              tuple(1L, "ERROR"),
              tuple(2L, "NOT_FINITE"),
              tuple(3L, "ERROR"),
              tuple(4L, "SCORED"));
    }
  }

  @Test
  void take_evaluationIsTooSlow_failsAtTheTimeLimitAndTheOthersGoOn() throws InterruptedException {
    try (EvaluationPool pool = open(Duration.ofMillis(300))) {
      pool.submit(
          List.of(
              new Candidate(0, ActingScorers.SLOW),
              new Candidate(1, ActingScorers.score(1)),
              new Candidate(2, ActingScorers.score(2))));

      List<Evaluation> evaluations = takeAll(pool, 3);

      assertThat(evaluations)
          .extracting(e -> e.candidate().index(), e -> kind(e.outcome()))
          .containsExactlyInAnyOrder(
              tuple(0L, Kind.TIME_LIMIT.name()), tuple(1L, "SCORED"), tuple(2L, "SCORED"));
    }
  }

  @Test
  void close_whileEvaluationsRun_returnsSoonAndFreesEverything() throws InterruptedException {
    EvaluationPool pool = open(Duration.ofSeconds(60));
    pool.submit(
        IntStream.range(0, 10).mapToObj(i -> new Candidate(i, ActingScorers.SLOW)).toList());
    assertThat(pool.take(Duration.ofMillis(200))).isEmpty();
    long start = System.nanoTime();

    pool.close();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    ActingScorers.awaitNothingOpen();
  }

  /** Takes a number of evaluations, or fails after a while. */
  protected static List<Evaluation> takeAll(EvaluationPool pool, int count)
      throws InterruptedException {
    List<Evaluation> taken = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (taken.size() < count && System.nanoTime() < end) {
      taken.addAll(pool.take(Duration.ofMillis(100)));
    }
    assertThat(taken).hasSize(count);
    return taken;
  }

  private static String kind(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? failed.kind().name() : "SCORED";
  }
}
