package dev.espalier.driver.spark;

import dev.espalier.search.job.BadInputException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.TaskSchedulerImpl;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Starts Spark as a quiet engine for short tasks: no web pages, no speculation (an evaluation is
 * never worth doing twice), nothing without a password, and nothing off loopback for local workers
 * or a cluster on loopback. Spark properties given to the JVM ({@code -Dspark.x=y}) come before
 * these.
 *
 * <p>Executors of a cluster get from here all that they need beside Spark itself: jars, the options
 * of this JVM that open modules, and a way of waiting that leaves the cores to others.
 */
public final class SparkContexts {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.ui.showConsoleProgress", "false",
          "spark.ui.retainedJobs", "50",
          "spark.ui.retainedStages", "50",
          "spark.ui.retainedTasks", "200",
          "spark.speculation", "false",
          "spark.locality.wait", "0",
          "spark.scheduler.mode", "FAIR",
          "spark.task.maxFailures", "1",
          "spark.authenticate", "true");

  /** Every worker sends a whole model back; Spark itself would wait for ten minutes for workers. */
  private static final Map<String, String> TRAINING =
      Map.of(
          "spark.driver.maxResultSize", "0",
          "spark.scheduler.barrier.maxConcurrentTasksCheck.interval", "1s",
          "spark.scheduler.barrier.maxConcurrentTasksCheck.maxFailures", "30");

  private static final Map<String, String> LOOPBACK =
      Map.of("spark.driver.host", "127.0.0.1", "spark.driver.bindAddress", "127.0.0.1");

  /** Not the heap, which is the executor's own affair. */
  private static final Pattern EXECUTOR_OPTION =
      Pattern.compile("--add-.*|-D(jdk|io\\.netty|ai\\.djl|java\\.awt)\\..*");

  private static final String LOG_OPTION = "-Dlog4j2.";

  /** An evaluator for every core. What {@code k8s://} needs beyond this is in the Helm chart. */
  private static final Map<String, String> CLUSTER =
      Map.of(
          "spark.network.crypto.enabled", "true",
          "spark.network.crypto.cipher", "AES/GCM/NoPadding",
          "spark.task.cpus", "1",
          "spark.executorEnv.OMP_WAIT_POLICY", "PASSIVE");

  /** A search, and the confirmation that follows it. */
  private static final int POOLS_OF_A_JOB = 2;

  /** How the name of an application begins that no master has named. */
  private static final String UNNAMED = "spark-application-";

  private static final Duration LONGEST_REST = Duration.ofSeconds(10);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

  private SparkContexts() {}

  /**
   * Refuses the master of a standalone cluster that nobody runs; of others Spark says so itself.
   *
   * @throws dev.espalier.search.job.BadInputException naming it
   */
  public static void require(String master) {
    if (master.startsWith(StandaloneMaster.SCHEME)) {
      StandaloneMaster.parse(master).requireListening();
    }
  }

  /**
   * Starts the one context of this process.
   *
   * @throws dev.espalier.search.job.BadInputException if the cluster of the settings cannot be used
   */
  public static JavaSparkContext start(SparkSettings settings) {
    SparkConf conf = new SparkConf().setAppName("espalier").setMaster(settings.master());
    ALWAYS.forEach(conf::setIfMissing);
    TRAINING.forEach(conf::setIfMissing);
    conf.setIfMissing("spark.local.dir", settings.folder().toString());
    conf.set(ExecutorEvaluators.MOST, Integer.toString(POOLS_OF_A_JOB * settings.jobs()));
    if (settings.isLocal()) {
      LOOPBACK.forEach(conf::setIfMissing);
      return new JavaSparkContext(conf);
    }
    CLUSTER.forEach(conf::setIfMissing);
    conf.setIfMissing("spark.executor.defaultJavaOptions", executorOptions(settings));
    if (settings.isStandalone()) {
      prepare(StandaloneMaster.parse(settings.master()), settings, conf);
    }
    // Containers of Kubernetes have the jars in their image.
    return join(conf, settings, settings.isKubernetes() ? List.of() : ShippedJars.all());
  }

  /**
   * Stops a context. Workers that are threads of this process are given a moment to end the tasks
   * that were cancelled: Spark complains, at length, of a task that ends while it is being stopped.
   */
  public static void stop(JavaSparkContext spark) {
    if (spark.isLocal() && spark.sc().taskScheduler() instanceof TaskSchedulerImpl scheduler) {
      awaitRest(scheduler);
    }
    spark.close();
  }

  /** Asks the scheduler itself, because listeners hear of a task a little after it has begun. */
  private static void awaitRest(TaskSchedulerImpl scheduler) {
    long end = System.nanoTime() + LONGEST_REST.toNanos();
    try {
      while (isBusy(scheduler) && System.nanoTime() < end) {
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isBusy(TaskSchedulerImpl scheduler) {
    return CollectionConverters.asJava(scheduler.runningTasksByExecutors()).values().stream()
        .anyMatch(running -> (Integer) running > 0);
  }

  private static JavaSparkContext join(SparkConf conf, SparkSettings settings, List<String> jars) {
    try {
      JavaSparkContext spark = new JavaSparkContext(conf);
      jars.forEach(spark::addJar);
      if (settings.isStandalone() && spark.sc().applicationId().startsWith(UNNAMED)) {
        // A context that no master takes is made all the same, and stopped in the background.
        throw new IllegalStateException("no master takes the application");
      }
      return spark;
    } catch (RuntimeException e) {
      throw new BadInputException(
          "evaluation.master is '%s', but Spark cannot join it: %s. Maybe %s?"
              .formatted(settings.master(), e.getMessage(), suspicion(settings)),
          e);
    }
  }

  private static String suspicion(SparkSettings settings) {
    return settings.isStandalone()
        ? settings.secret()
            + " is not the secret of that cluster, or it runs another version of Spark"
        : "its address is another, or this account may not start anything there";
  }

  private static void prepare(StandaloneMaster master, SparkSettings settings, SparkConf conf) {
    master.requireListening();
    if (master.isLoopback()) {
      LOOPBACK.forEach(conf::setIfMissing);
    }
    // Spark does not pass it on: its workers give executors their own.
    conf.set("spark.authenticate.secret", master.secret(settings.secret()));
  }

  /**
   * What deploy/bin/jvm.options asks of any JVM that runs Espalier. Containers also log as this
   * process does; elsewhere the settings of our log come too late, with the jars.
   */
  private static String executorOptions(SparkSettings settings) {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(
            option ->
                EXECUTOR_OPTION.matcher(option).matches()
                    || (settings.isKubernetes() && option.startsWith(LOG_OPTION)))
        .collect(Collectors.joining(" "));
  }
}
