package dev.espalier.driver.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** Spark's small cluster for tests: executors that are processes of their own, of one core each. */
public final class SmallCluster {

  private SmallCluster() {}

  /** Starts a cluster. */
  public static JavaSparkContext start(int executors, Path folder) throws IOException {
    return new JavaSparkContext(settings(executors, folder));
  }

  /** How a cluster is started. */
  public static SparkConf settings(int executors, Path folder) throws IOException {
    Path home = folder.resolve("home");
    Files.createDirectories(home.resolve("jars"));
    System.setProperty("spark.testing", "true");
    System.setProperty("spark.test.home", home.toString());
    return new SparkConf()
        .set("spark.task.maxFailures", "1")
        .set("spark.locality.wait", "0")
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s")
        .set("spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "20")
        .setAppName("cluster-test")
        .setMaster("local-cluster[%d,1,600]".formatted(executors))
        .set("spark.ui.enabled", "false")
        .set("spark.local.dir", folder.toString())
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.memory", "600m")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executor.extraJavaOptions", "-Dai.djl.offline=true")
        .set("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
        .set("spark.executorEnv.SPARK_LOCAL_IP", "127.0.0.1");
  }

  /** Leaves Spark's mode for tests. */
  public static void forget() {
    System.clearProperty("spark.testing");
    System.clearProperty("spark.test.home");
  }
}
