package dev.espalier.driver.spark.slice;

import dev.espalier.driver.spark.WorkerWatch;
import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.search.attempt.WorkersBrokenException;
import dev.espalier.worker.evaluate.WorkersObserver;
import dev.espalier.worker.request.ContentFile;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works side by side on the workers of Spark, each a slice at a time. The files of a work go to a
 * worker as a broadcast and come back with the result of its slice, so that a worker holds nothing
 * that would be missed: when one is lost, the slice is done once more from where it began. Used by
 * the thread of the job.
 */
public final class SparkSlices implements AutoCloseable {

  /** Spark property: how long a slice lasts. */
  private static final String LENGTH = "spark.espalier.slice";

  private static final Logger LOG = LoggerFactory.getLogger(SparkSlices.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);

  /** An executor that is being replaced may cost more than one. */
  private static final int ATTEMPTS = 5;

  /**
   * Those that are asked to pause. Tasks in threads of this process hear of it at once; those
   * elsewhere come to the end of their slices.
   */
  private static final Set<String> PAUSING = ConcurrentHashMap.newKeySet();

  private final String id = UUID.randomUUID().toString();
  private final JavaSparkContext spark;
  private final WorkerFile dataset;
  private final Duration length;
  private final WorkerWatch watch;
  private final List<WorkerFile> shared = new ArrayList<>();
  private final BegunJobs begun = new BegunJobs();
  private final Runnable leave;

  private SparkSlices(
      JavaSparkContext spark, ContentFile dataset, WorkersObserver observer, Runnable leave) {
    this.spark = spark;
    this.dataset = WorkerFile.of(spark, dataset);
    this.length = Duration.ofMillis(spark.getConf().getTimeAsMs(LENGTH, "20s"));
    this.watch = WorkerWatch.of(spark, observer);
    this.leave = leave;
    spark.sc().addSparkListener(begun);
  }

  /**
   * Prepares to work on the workers of a Spark context.
   *
   * @param dataset the images
   * @param observer told when there are no workers
   * @param leave what is done at the end, also if there is no beginning
   */
  public static SparkSlices open(
      JavaSparkContext spark, ContentFile dataset, WorkersObserver observer, Runnable leave) {
    try {
      return new SparkSlices(spark, dataset, observer, leave);
    } catch (RuntimeException e) {
      leave.run();
      throw e;
    }
  }

  /** Another file for the works, beside the images; workers have it until this is closed. */
  public WorkerFile share(ContentFile file) {
    WorkerFile handle = WorkerFile.of(spark, file);
    shared.add(handle);
    return handle;
  }

  /**
   * Does works until none goes on, once for each of these. What one throws ends all.
   *
   * @param stop true asks all works to pause; this ends when they have
   * @return false if a work would go on, but was asked to pause
   * @throws WorkersBrokenException if the workers of one slice were lost too often
   */
  public <R extends Serializable> boolean run(
      List<FolderWork<R>> works, SliceListener<R> listener, BooleanSupplier stop) {
    Map<Integer, Flight<R>> flights = new LinkedHashMap<>();
    boolean finished = true;
    try {
      for (int i = 0; i < works.size(); i++) {
        flights.put(i, begin(works.get(i), 1));
      }
      while (!flights.isEmpty()) {
        boolean pausing = isPausing(id) || (stop.getAsBoolean() && PAUSING.add(id));
        for (Map.Entry<Integer, Flight<R>> entry : List.copyOf(flights.entrySet())) {
          int i = entry.getKey();
          Flight<R> flight = entry.getValue();
          if (flight.isDone()) {
            flights.remove(i);
            int attempt = land(i, works.get(i), flight, listener);
            if (attempt > 0 && !pausing) {
              flights.put(i, begin(works.get(i), attempt));
            }
            finished &= attempt == 0 || !pausing;
          } else if (pausing && !begun.contains(flight.job())) {
            flights.remove(i);
            flight.cancel();
            finished = false;
          }
        }
        watch.look();
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
      return finished;
    } finally {
      PAUSING.add(id);
      flights.values().forEach(Flight::cancel);
    }
  }

  /** Whether the tasks of some works should pause, as far as this process knows. */
  static boolean isPausing(String id) {
    return PAUSING.contains(id);
  }

  @Override
  public void close() {
    try {
      if (!spark.sc().isStopped()) {
        spark.sc().removeSparkListener(begun);
        dataset.close();
        shared.forEach(WorkerFile::close);
      }
    } finally {
      leave.run();
    }
  }

  private <R extends Serializable> Flight<R> begin(FolderWork<R> work, int attempt) {
    return Flight.begin(
        spark,
        attempt,
        new SliceTask<>(
            id, dataset, work.work(), spark.broadcast(FolderBytes.of(work.folder())), length));
  }

  /** Keeps what a slice has left; which attempt the next one is, or 0 if there is none. */
  private <R extends Serializable> int land(
      int number, FolderWork<R> work, Flight<R> flight, SliceListener<R> listener) {
    try {
      SliceTask.Answer<R> answer = flight.land();
      if (answer instanceof SliceTask.Answer.Done<R> done) {
        done.files().mirror(work.folder());
        return listener.done(number, done.told()) ? 1 : 0;
      }
      Throwable reason = ((SliceTask.Answer.Failed<R>) answer).reason();
      throw reason instanceof RuntimeException e
          ? e
          : new IllegalStateException("a worker cannot work: " + reason, reason);
    } catch (ExecutionException e) {
      Throwable reason = e.getCause() == null ? e : e.getCause();
      if (flight.attempt() == ATTEMPTS || spark.sc().isStopped()) {
        throw new WorkersBrokenException(
            "the workers of %s were lost %d times in one slice, the last time with: %s"
                .formatted(work.work(), flight.attempt(), inShort(reason)),
            reason);
      }
      LOG.warn("A worker was lost; the slice is done once more: {}", inShort(reason));
      return flight.attempt() + 1;
    }
  }

  /** What Spark says, without its stack traces: the task's own reason is on a line of its own. */
  private static String inShort(Throwable reason) {
    return String.valueOf(reason.getMessage())
        .lines()
        .limit(2)
        .map(String::strip)
        .collect(Collectors.joining(" "));
  }
}
