package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.AttemptPoolContract;
import dev.espalier.worker.evaluate.OneAttempt;
import dev.espalier.worker.process.ProcessSource;
import dev.espalier.worker.scorer.ActingScorers;
import dev.espalier.worker.scorer.RoughSource;
import dev.espalier.worker.scorer.ScorerSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Spark's workers in this process, whose evaluations run in two child processes. */
final class IsolatedPoolTest extends AttemptPoolContract {

  private static final Duration LONG = Duration.ofMinutes(1);

  private static JavaSparkContext spark;

  @TempDir private Path folder;

  @BeforeAll
  static void startSpark(@TempDir Path temporary) {
    spark = SparkContexts.start(new SparkSettings("local[2]", temporary));
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
  void take_everyKindOfTrouble_costsOneAttemptOfItsCandidateAlone() throws InterruptedException {
    List<Structure> structures =
        Stream.concat(
                Stream.of(
                    RoughSource.CRASH,
                    RoughSource.HANG,
                    RoughSource.OUT_OF_MEMORY,
                    RoughSource.NOT_FINITE,
                    RoughSource.HANG_AT_ONCE,
                    RoughSource.CRASH),
                IntStream.range(0, 20).mapToObj(RoughSource::score))
            .toList();
    try (EvaluationPool pool = open(Duration.ofSeconds(1), RoughSource.in(folder))) {
      submit(pool, structures);

      Map<Integer, Outcome> outcomes = outcomes(takeAll(pool, structures.size()));

      assertThat(kinds(outcomes))
          .containsOnly(
              entry(0, Kind.LOST),
              entry(1, Kind.TIME_LIMIT),
              entry(2, Kind.ERROR),
              entry(3, Kind.NOT_FINITE),
              entry(4, Kind.TIME_LIMIT),
              entry(5, Kind.LOST));
      for (int i = 0; i < 20; i++) {
        assertThat(outcomes).containsEntry(6 + i, new Scored(i, 1000));
      }
      assertThat(pool.take(Duration.ofMillis(300))).isEmpty();
    }
  }

  @Test
  void take_childIsKilledInTheMiddle_itsCandidateIsLostAndBothWorkersGoOn() throws Exception {
    RoughSource source = RoughSource.in(folder);
    try (EvaluationPool pool = open(LONG, source)) {
      submit(pool, List.of(RoughSource.pause(0), RoughSource.score(1), RoughSource.score(2)));
      ProcessHandle child = source.awaitPause(0);
      assertThat(outcomes(takeAll(pool, 2)))
          .containsOnly(entry(1, new Scored(1, 1000)), entry(2, new Scored(2, 1000)));

      child.destroyForcibly();

      assertThat(outcomes(takeAll(pool, 1)))
          .containsOnly(
              entry(
                  0,
                  new Outcome.Failed(Kind.LOST, "the evaluation process was ended by signal 9")));
      submit(pool, List.of(RoughSource.pause(3), RoughSource.pause(4)));
      source.awaitPause(3).destroyForcibly();
      source.awaitPause(4).destroyForcibly();
      assertThat(kinds(outcomes(takeAll(pool, 2))))
          .containsOnly(entry(0, Kind.LOST), entry(1, Kind.LOST));
    }
  }

  @Test
  void open_childRefusesAFile_throwsWhatItSaid() {
    assertThatThrownBy(() -> open(LONG, RoughSource.in(folder.resolve("missing"))))
        .isInstanceOf(BadInputException.class)
        .hasMessage(folder.resolve("missing") + " is gone");
  }

  private static EvaluationPool open(Duration limit, ScorerSource source) {
    return new OneAttempt(
        SparkAttemptPool.open(
            spark, ActingScorers.context(limit), new ProcessSource(source), report -> {}));
  }

  private static void submit(EvaluationPool pool, List<Structure> structures) {
    pool.submit(
        IntStream.range(0, structures.size())
            .mapToObj(i -> new Candidate(i, structures.get(i)))
            .toList());
  }

  private static Map<Integer, Outcome> outcomes(List<Evaluation> evaluations) {
    return evaluations.stream()
        .collect(
            Collectors.toMap(
                evaluation -> (int) evaluation.candidate().index(), Evaluation::outcome));
  }

  private static Map<Integer, Kind> kinds(Map<Integer, Outcome> outcomes) {
    return outcomes.entrySet().stream()
        .filter(entry -> entry.getValue() instanceof Outcome.Failed)
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, entry -> ((Outcome.Failed) entry.getValue()).kind()));
  }
}
