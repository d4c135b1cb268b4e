package dev.espalier.driver.spark.training;

import dev.espalier.driver.spark.WorkerWatch;
import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.pruningnet.training.parallel.Learned;
import dev.espalier.pruningnet.training.parallel.ModelBytes;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.pruningnet.training.parallel.Round;
import dev.espalier.search.attempt.WorkersBrokenException;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.scheduler.BarrierJobSlotsNumberCheckFailed;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Function1;
import scala.collection.Iterator;
import scala.jdk.javaapi.CollectionConverters;
import scala.reflect.ClassTag;
import scala.reflect.ClassTag$;

/**
 * Replicas on the workers of Spark: a stage of one task for each worker in every round. The state
 * goes to the executors as a broadcast and comes back with each task's result, so that an executor
 * holds nothing that would be missed: when one is lost, the round is done once more from where it
 * began, with the same result.
 */
public final class SparkReplicas implements Replicas {

  private static final Logger LOG = LoggerFactory.getLogger(SparkReplicas.class);
  private static final long LOOK_MILLIS = 100;

  /** An executor that is being replaced may cost more than one. */
  private static final int ATTEMPTS = 5;

  private static final ClassTag<RoundTask.Answer> ANSWER =
      ClassTag$.MODULE$.apply(RoundTask.Answer.class);

  private final String training = UUID.randomUUID().toString();
  private final JavaSparkContext spark;
  private final int workers;
  private final WorkerFile dataset;
  private final ReplicaSource source;
  private final RoundStart start;
  private final WorkerWatch watch;
  private final Runnable leave;
  private boolean begun;

  private SparkReplicas(
      JavaSparkContext spark,
      int workers,
      ContentFile dataset,
      ReplicaSource source,
      RoundStart start,
      WorkersObserver observer,
      Runnable leave) {
    this.spark = spark;
    this.workers = workers;
    this.dataset = WorkerFile.of(spark, dataset);
    this.source = source;
    this.start = start;
    this.watch = WorkerWatch.of(spark, observer);
    this.leave = leave;
  }

  /**
   * Prepares to train on the workers of a Spark context.
   *
   * @param workers number of replicas
   * @param dataset the images
   * @param start when the tasks of a round begin
   * @param observer told when there are no workers
   * @param leave what is done at the end, also if there is no beginning
   * @throws BadInputException if a local context has too few workers; with a cluster, which may
   *     still be growing, the first round says so
   */
  public static SparkReplicas open(
      JavaSparkContext spark,
      int workers,
      ContentFile dataset,
      ReplicaSource source,
      RoundStart start,
      WorkersObserver observer,
      Runnable leave) {
    try {
      if (spark.isLocal() && spark.defaultParallelism() < workers) {
        throw tooFew(spark, workers, spark.defaultParallelism());
      }
      return new SparkReplicas(spark, workers, dataset, source, start, observer, leave);
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  @Override
  public List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop) {
    Broadcast<ModelBytes> sent = spark.broadcast(from);
    try {
      return learn(new RoundTask(training, dataset, source, sent, round), stop);
    } finally {
      if (!spark.sc().isStopped()) {
        sent.destroy(spark.isLocal());
      }
    }
  }

  /** Ends the training; replicas in use are closed by their tasks. */
  @Override
  public void close() {
    try {
      ExecutorReplicas.close(training);
      if (!spark.sc().isStopped()) {
        dataset.close();
      }
    } finally {
      leave.run();
    }
  }

  private List<Learned> learn(RoundTask task, BooleanSupplier stop) {
    for (int attempt = 1; ; attempt++) {
      try {
        List<Learned> learned = await(stage(task).collectAsync(), stop);
        begun = true;
        return learned;
      } catch (ExecutionException e) {
        Throwable reason = e.getCause() == null ? e : e.getCause();
        if (!begun && reason instanceof BarrierJobSlotsNumberCheckFailed few) {
          throw tooFew(spark, workers, few.maxConcurrentTasks());
        }
        if (attempt == ATTEMPTS || spark.sc().isStopped()) {
          throw new WorkersBrokenException(
              "the training's workers were lost %d times in the round of step %d, the last time with: %s"
                  .formatted(attempt, task.round().first(), inShort(reason)),
              reason);
        }
        LOG.warn(
            "A worker was lost; the round of step {} is done once more: {}",
            task.round().first(),
            inShort(reason));
      }
    }
  }

  private JavaRDD<RoundTask.Answer> stage(RoundTask task) {
    JavaRDD<Integer> numbers =
        spark.parallelize(IntStream.range(0, workers).boxed().toList(), workers);
    return switch (start) {
      case TOGETHER ->
          JavaRDD.fromRDD(
              numbers.rdd().barrier().mapPartitions(onExecutor(task), false, ANSWER), ANSWER);
      case AS_FREE -> numbers.map(task::run);
    };
  }

  private static Function1<Iterator<Integer>, Iterator<RoundTask.Answer>> onExecutor(
      RoundTask task) {
    return (Function1<Iterator<Integer>, Iterator<RoundTask.Answer>> & Serializable)
        numbers -> CollectionConverters.asScala(List.of(task.run(numbers.next())).iterator());
  }

  /** What the workers learned, or nothing if asked to stop. */
  private List<Learned> await(JavaFutureAction<List<RoundTask.Answer>> round, BooleanSupplier stop)
      throws ExecutionException {
    try {
      while (!stop.getAsBoolean()) {
        try {
          return learned(round.get(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
          watch.look();
        }
      }
      round.cancel(true);
      return List.of();
    } catch (InterruptedException e) {
      round.cancel(true);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while workers train", e);
    }
  }

  private static List<Learned> learned(List<RoundTask.Answer> answers) {
    List<Learned> learned = new ArrayList<>();
    for (RoundTask.Answer answer : answers) {
      if (answer instanceof RoundTask.Answer.Done done) {
        learned.add(done.learned());
      } else if (answer instanceof RoundTask.Answer.Failed failed) {
        throw failed.reason() instanceof RuntimeException e
            ? e
            : new IllegalStateException("a worker cannot train: " + failed, failed.reason());
      }
    }
    return learned;
  }

  /** What Spark says, without its stack traces: the task's own reason is on a line of its own. */
  private static String inShort(Throwable reason) {
    return String.valueOf(reason.getMessage())
        .lines()
        .limit(2)
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }

  private static BadInputException tooFew(JavaSparkContext spark, int asked, int found) {
    return new BadInputException(
        "pruningNet.training.workers is %d, but Spark's master '%s' has %d at a time. Maybe use fewer, or a master with more?"
            .formatted(asked, spark.master(), found));
  }
}
