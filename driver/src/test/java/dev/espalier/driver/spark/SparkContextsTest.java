package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.cache.OpenSockets;
import dev.espalier.worker.evaluate.OneAttempt;
import dev.espalier.worker.scorer.ActingScorers;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class SparkContextsTest {

  private static final CountDownLatch BEGUN = new CountDownLatch(1);
  private static final CountDownLatch ENDED = new CountDownLatch(1);

  @TempDir Path folder;

  @Test
  @EnabledOnOs(OS.LINUX)
  void start_local_listensOnLoopbackOnly() throws IOException {
    try (JavaSparkContext spark = start()) {
      assertThat(OpenSockets.listeners())
          .isNotEmpty()
          .allSatisfy(listener -> assertThat(listener.address().isLoopbackAddress()).isTrue());
      assertThat(spark.getConf().get("spark.authenticate")).isEqualTo("true");
    }
  }

  /** On a cluster; a local master brings a number of its own. */
  @Test
  void start_anyMaster_leavesFurtherAttemptsToTheSearch() {
    try (JavaSparkContext spark = start()) {
      assertThat(spark.getConf().get("spark.task.maxFailures")).isEqualTo("1");
    }
  }

  @Test
  void start_local_keepsItsFilesInTheFolder() {
    try (JavaSparkContext spark = start()) {
      assertThat(spark.defaultParallelism()).isEqualTo(2);
      assertThat(folder).isNotEmptyDirectory();
    }
  }

  @Test
  void require_clusterThatNobodyRuns_isRefusedBeforeAnythingStarts() {
    assertThatThrownBy(() -> SparkContexts.require("spark://127.0.0.1:1"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("evaluation.master is 'spark://127.0.0.1:1', but nobody listens");
    SparkContexts.require("local[2,4]");
  }

  @Test
  void settings_unknownMaster_isBadInput() {
    for (String master : List.of("lokal[2]", "local[0]", "local[2,4", "http://host", "")) {
      assertThatThrownBy(() -> new SparkSettings(master, folder))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("Spark's master is '" + master + "'")
          .hasMessageContaining("local[2,4]");
    }
  }

  @Test
  void settings_knownMasters_areLocalOrNot() {
    for (String master : List.of("local", "local[2]", "local[*]", "local[2,4]", "local[*,4]")) {
      assertThat(new SparkSettings(master, folder).isLocal()).isTrue();
    }
    for (String master : List.of("spark://host:7077", "k8s://https://host", "yarn")) {
      assertThat(new SparkSettings(master, folder).isLocal()).isFalse();
    }
  }

  @Test
  void take_sparkIsStopped_throwsAndGivesNoCandidateUpAsLost() throws InterruptedException {
    JavaSparkContext spark = start();
    EvaluationPool pool =
        new OneAttempt(
            SparkAttemptPool.open(
                spark,
                ActingScorers.context(Duration.ofMinutes(1)),
                ActingScorers.source(),
                report -> {}));
    pool.submit(List.of(new Candidate(0, ActingScorers.SLOW)));
    assertThat(pool.take(Duration.ofMillis(100))).isEmpty();

    spark.close();

    assertThatThrownBy(() -> pool.take(Duration.ofSeconds(5)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Spark was stopped");
    pool.close();
    ActingScorers.awaitNothingOpen();
  }

  @Test
  void stop_cancelledTaskStillRuns_waitsForIt() throws Exception {
    JavaSparkContext spark = start();
    JavaFutureAction<Void> sleep =
        spark.parallelize(List.of(1), 1).foreachAsync(SparkContextsTest::sleepUnmoved);
    assertThat(BEGUN.await(10, TimeUnit.SECONDS)).isTrue();
    sleep.cancel(true);

    SparkContexts.stop(spark);

    assertThat(ENDED.getCount()).isZero();
  }

  /** As native code does, it looks at no interrupt. */
  private static void sleepUnmoved(int number) {
    BEGUN.countDown();
    long end = System.nanoTime() + Duration.ofMillis(500).toNanos();
    while (System.nanoTime() < end) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
    ENDED.countDown();
  }

  private JavaSparkContext start() {
    return SparkContexts.start(new SparkSettings("local[2,4]", folder));
  }
}
