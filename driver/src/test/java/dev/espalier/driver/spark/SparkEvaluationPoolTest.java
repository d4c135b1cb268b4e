package dev.espalier.driver.spark;

import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.worker.evaluate.ActingScorers;
import dev.espalier.worker.evaluate.EvaluationPoolContract;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

final class SparkEvaluationPoolTest extends EvaluationPoolContract {

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
    return SparkEvaluationPool.open(
        spark, ActingScorers.context(limit), ActingScorers.source(), report -> {});
  }
}
