package dev.espalier.driver.spark;

import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Starts Spark as a quiet engine for short tasks: no web pages, no speculation (an evaluation is
 * never worth doing twice), and for local workers nothing that is reachable from outside or without
 * a password. Spark properties given to the JVM ({@code -Dspark.x=y}) come before these.
 */
public final class SparkContexts {

  private static final String LOOPBACK = "127.0.0.1";

  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          "spark.ui.retainedJobs", "50",
          "spark.ui.retainedStages", "50",
          "spark.ui.retainedTasks", "200",
          "spark.speculation", "false",
          "spark.locality.wait", "0",
          "spark.task.maxFailures", "1");

  private static final Map<String, String> LOCAL =
      Map.of(
          "spark.driver.host", LOOPBACK,
          "spark.driver.bindAddress", LOOPBACK,
          "spark.authenticate", "true");

  /** Spark's own options of an executor leave these to us. */
  private static final Map<String, String> CLUSTER =
      Map.of("spark.executor.extraJavaOptions", "-Dai.djl.offline=true -Djava.awt.headless=true");

  private SparkContexts() {}

  /** Starts the one context of this process. */
  public static JavaSparkContext start(SparkSettings settings) {
    SparkConf conf = new SparkConf().setAppName("espalier").setMaster(settings.master());
    ALWAYS.forEach(conf::setIfMissing);
    (settings.isLocal() ? LOCAL : CLUSTER).forEach(conf::setIfMissing);
    conf.setIfMissing("spark.local.dir", settings.folder().toString());
    return new JavaSparkContext(conf);
  }
}
