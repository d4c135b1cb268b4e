package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.evaluate.AttemptPoolContract;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.OneAttempt;
import dev.espalier.worker.evaluate.Stage;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ActingScorers;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SparkAttemptPoolTest extends AttemptPoolContract {

  private static final Duration LONG = Duration.ofMinutes(1);
  private static final AtomicInteger OPENINGS = new AtomicInteger();

  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark(@TempDir Path folder) {
    spark = SparkContexts.start(new SparkSettings("local[2,4]", folder));
  }

  @AfterAll
  static void stopSpark() {
    spark.close();
  }

  @Override
  protected EvaluationPool open(Duration limit) {
    return open(limit, ActingScorers.source());
  }

  @Test
  void take_evaluations_tellsTheObserverOfEachWithItsStages() throws InterruptedException {
    List<EvaluationReport> reports = new ArrayList<>();
    try (EvaluationPool pool =
        new OneAttempt(
            SparkAttemptPool.open(
                spark, ActingScorers.context(LONG), ActingScorers.source(), reports::add))) {
      pool.submit(
          List.of(
              new Candidate(0, ActingScorers.score(1)), new Candidate(1, ActingScorers.score(2))));

      List<Evaluation> evaluations = takeAll(pool, 2);

      assertThat(reports)
          .extracting(EvaluationReport::evaluation)
          .containsExactlyInAnyOrderElementsOf(evaluations);
      assertThat(reports)
          .allSatisfy(
              report -> {
                assertThat(report.stages()).containsOnlyKeys(Stage.values());
                assertThat(report.misses()).isEqualTo(3);
              });
    }
  }

  @Test
  void take_workerIgnoresItsTimeLimit_givesTheCandidateUpOnce() throws InterruptedException {
    try (EvaluationPool pool = open(Duration.ofMillis(200))) {
      pool.submit(
          List.of(new Candidate(0, ActingScorers.STUCK), new Candidate(1, ActingScorers.score(1))));
      long start = System.nanoTime();

      List<Evaluation> evaluations = takeAll(pool, 2);

      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(1_900));
      assertThat(evaluations)
          .filteredOn(evaluation -> evaluation.candidate().index() == 0)
          .singleElement()
          .extracting(evaluation -> ((Outcome.Failed) evaluation.outcome()).kind())
          .isEqualTo(Kind.TIME_LIMIT);
      assertThat(pool.take(Duration.ofMillis(2_500))).isEmpty();
    }
  }

  @Test
  void take_everyWorkerHangs_endsTheJobInsteadOfWaiting() throws InterruptedException {
    try (EvaluationPool pool = open(Duration.ofMillis(200))) {
      pool.submit(
          List.of(
              new Candidate(0, ActingScorers.STUCK),
              new Candidate(1, ActingScorers.STUCK),
              new Candidate(2, ActingScorers.score(1))));

      assertThatThrownBy(() -> takeAll(pool, 3))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("all 2 workers hang");
    }
    ActingScorers.awaitNothingOpen();
  }

  @Test
  void take_workerCannotLoadItsFilesAgain_isLostAfterTheAttempts() throws InterruptedException {
    OPENINGS.set(0);
    try (EvaluationPool pool = open(LONG, SparkAttemptPoolTest::onlyOnce);
        EvaluationPool second = open(LONG);
        EvaluationPool third = open(LONG)) {
      pool.submit(List.of(new Candidate(5, ActingScorers.score(1))));

      Outcome outcome = takeAll(pool, 1).get(0).outcome();

      assertThat(OPENINGS).hasValue(5);
      assertThat(outcome)
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.LOST);
                assertThat(failed.reason()).contains("failed 4 times").contains("no disk");
              });
      second.submit(List.of(new Candidate(6, ActingScorers.score(1))));
      third.submit(List.of(new Candidate(7, ActingScorers.score(1))));
      assertThat(takeAll(second, 1)).hasSize(1);
      assertThat(takeAll(third, 1)).hasSize(1);
    }
  }

  @Test
  void take_oneCandidateBesideTheManyOfAnotherJob_doesNotWaitForAllOfThem()
      throws InterruptedException {
    int many = 20;
    try (EvaluationPool modest = open(LONG);
        EvaluationPool greedy = open(Duration.ofMillis(200))) {
      spark.setLocalProperty("spark.scheduler.pool", "greedy");
      greedy.submit(
          IntStream.range(0, many).mapToObj(i -> new Candidate(i, ActingScorers.SLOW)).toList());
      spark.setLocalProperty("spark.scheduler.pool", "modest");
      modest.submit(List.of(new Candidate(0, ActingScorers.score(1))));

      assertThat(takeAll(modest, 1)).hasSize(1);
      assertThat(greedy.take(Duration.ofMillis(1))).hasSizeLessThan(many / 2);
    } finally {
      spark.setLocalProperty("spark.scheduler.pool", null);
    }
  }

  @Test
  void take_workersHangInAnotherPool_waitsForThem() throws InterruptedException {
    try (EvaluationPool hanging = open(Duration.ofMillis(200));
        EvaluationPool waiting = open(Duration.ofMillis(200))) {
      hanging.submit(
          List.of(new Candidate(0, ActingScorers.STUCK), new Candidate(1, ActingScorers.STUCK)));
      waiting.submit(List.of(new Candidate(2, ActingScorers.score(1))));

      assertThat(takeAll(waiting, 1)).hasSize(1);
    }
  }

  @Test
  void open_workerRefusesAFile_throwsWhatTheWorkerSaid() throws InterruptedException {
    assertThatThrownBy(
            () ->
                open(
                    LONG,
                    context -> {
                      throw new BadInputException(context.weights().path() + " is damaged");
                    }))
        .isInstanceOf(BadInputException.class)
        .hasMessage("weights is damaged");
    ActingScorers.awaitNothingOpen();
  }

  private static EvaluationPool open(Duration limit, ScorerSource source) {
    return new OneAttempt(
        SparkAttemptPool.open(spark, ActingScorers.context(limit), source, report -> {}));
  }

  private static Scorers onlyOnce(EvaluationContext context) {
    if (OPENINGS.incrementAndGet() > 1) {
      throw new IllegalStateException("no disk");
    }
    return ActingScorers.source().open(context);
  }
}
