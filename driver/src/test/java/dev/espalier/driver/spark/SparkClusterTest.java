package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.OneAttempt;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ActingScorers;
import dev.espalier.worker.scorer.PruningNetSourceOfTests;
import dev.espalier.worker.scorer.RoughSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are processes of their own: Spark's small cluster for tests. */
final class SparkClusterTest {

  /** One that Spark sends to an executor whose end it has not heard of yet, is lost. */
  private static final int ATTEMPTS = 3;

  @TempDir Path folder;

  @AfterEach
  void forgetTestMode() {
    SmallCluster.forget();
  }

  @Test
  void take_executorIsKilled_theNextOneGetsEverythingFromTheDriver() throws Exception {
    EvaluationContext context = PruningNetSourceOfTests.write(folder, Optional.empty());
    SearchSpace space = PruningNetSourceOfTests.space(context);
    try (JavaSparkContext spark = SmallCluster.start(1, folder);
        EvaluationPool pool =
            new OneAttempt(
                SparkAttemptPool.open(
                    spark, context, new PruningNetSourceOfTests(), report -> {}))) {
      Files.delete(context.weights().path());
      Files.delete(context.dataset().path());

      Outcome before = evaluate(pool, space.narrowest());
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      Outcome after = evaluate(pool, space.narrowest());
      for (int attempt = 1; after instanceof Failed && attempt < ATTEMPTS; attempt++) {
        after = evaluate(pool, space.narrowest());
      }

      assertThat(spark.isLocal()).isFalse();
      assertThat(before).isInstanceOf(Outcome.Scored.class);
      assertThat(after).isEqualTo(before);
    }
  }

  @Test
  void take_executorsAreKilledInTheMiddle_eachLosesItsCandidateAndIsReplaced() throws Exception {
    RoughSource source = RoughSource.in(folder);
    EvaluationContext context = contextWithFiles();
    try (JavaSparkContext spark = SmallCluster.start(2, folder);
        EvaluationPool pool =
            new OneAttempt(SparkAttemptPool.open(spark, context, source, report -> {}))) {
      submit(pool, 0, RoughSource.pause(0));
      ProcessHandle executor = source.awaitPause(0);
      for (int i = 1; i <= 4; i++) {
        submit(pool, i, RoughSource.score(i));
      }
      Map<Long, Outcome> others = take(pool, 4);
      executor.destroyForcibly();
      Map<Long, Outcome> killed = take(pool, 1);

      assertThat(others)
          .hasSize(4)
          .allSatisfy((i, score) -> assertThat(score).isEqualTo(new Scored(i, 1000)));
      assertThat(killed).containsOnlyKeys(0L);
      assertThat(killed.get(0L))
          .isInstanceOfSatisfying(
              Failed.class, failed -> assertThat(failed.kind()).isEqualTo(Failed.Kind.LOST));

      // Two that pause at the same moment need two executors.
      submit(pool, 5, RoughSource.pause(5));
      submit(pool, 6, RoughSource.pause(6));
      long first = source.awaitPause(5).pid();
      long second = source.awaitPause(6).pid();
      assertThat(Set.of(first, second)).hasSize(2).doesNotContain(executor.pid());
    }
  }

  private EvaluationContext contextWithFiles() throws IOException {
    EvaluationContext context = ActingScorers.context(Duration.ofMinutes(1));
    return context.withFiles(
        context.weights().at(Files.writeString(folder.resolve("w"), "weights")),
        context.dataset().at(Files.writeString(folder.resolve("d"), "images")));
  }

  private static void submit(EvaluationPool pool, long index, Structure structure) {
    pool.submit(List.of(new Candidate(index, structure)));
  }

  private static Outcome evaluate(EvaluationPool pool, Structure structure)
      throws InterruptedException {
    submit(pool, 0, structure);
    return take(pool, 1).values().iterator().next();
  }

  private static Map<Long, Outcome> take(EvaluationPool pool, int count)
      throws InterruptedException {
    Map<Long, Outcome> taken = new HashMap<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (taken.size() < count && System.nanoTime() < end) {
      for (Evaluation evaluation : pool.take(Duration.ofSeconds(1))) {
        taken.put(evaluation.candidate().index(), evaluation.outcome());
      }
    }
    assertThat(taken).hasSize(count);
    return taken;
  }
}
