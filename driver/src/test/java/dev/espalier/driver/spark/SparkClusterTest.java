package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.PruningNetSourceOfTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that are processes of their own: Spark's small cluster for tests, one executor. */
final class SparkClusterTest {

  @TempDir Path folder;

  @AfterEach
  void forgetTestMode() {
    System.clearProperty("spark.testing");
    System.clearProperty("spark.test.home");
  }

  @Test
  void take_executorIsKilled_theNextOneGetsEverythingFromTheDriver() throws Exception {
    EvaluationContext context = PruningNetSourceOfTests.write(folder, Optional.empty());
    SearchSpace space = PruningNetSourceOfTests.space(context);
    try (JavaSparkContext spark = cluster();
        EvaluationPool pool =
            SparkEvaluationPool.open(spark, context, new PruningNetSourceOfTests(), report -> {})) {
      Files.delete(context.weights().path());
      Files.delete(context.dataset().path());

      Outcome before = evaluate(pool, space.narrowest());
      ProcessHandle.current().children().forEach(ProcessHandle::destroyForcibly);
      Outcome after = evaluate(pool, space.narrowest());

      assertThat(spark.isLocal()).isFalse();
      assertThat(before).isInstanceOf(Outcome.Scored.class);
      assertThat(after).isEqualTo(before);
    }
  }

  private JavaSparkContext cluster() throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("jars"));
    System.setProperty("spark.testing", "true");
    System.setProperty("spark.test.home", home.toString());
    return new JavaSparkContext(
        new SparkConf()
            .setAppName("cluster-test")
            .setMaster("local-cluster[1,1,600]")
            .set("spark.ui.enabled", "false")
            .set("spark.local.dir", folder.toString())
            .set("spark.driver.host", "127.0.0.1")
            .set("spark.driver.bindAddress", "127.0.0.1")
            .set("spark.executor.memory", "600m")
            .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
            .set("spark.executor.extraJavaOptions", "-Dai.djl.offline=true")
            .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
            .set("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1"));
  }

  private static Outcome evaluate(EvaluationPool pool, Structure structure)
      throws InterruptedException {
    pool.submit(List.of(new Candidate(0, structure)));
    List<Evaluation> taken = new ArrayList<>();
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (taken.isEmpty() && System.nanoTime() < end) {
      taken.addAll(pool.take(Duration.ofSeconds(1)));
    }
    assertThat(taken).hasSize(1);
    return taken.get(0).outcome();
  }
}
