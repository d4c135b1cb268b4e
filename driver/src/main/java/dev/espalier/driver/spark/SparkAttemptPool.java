package dev.espalier.driver.spark;

import dev.espalier.search.attempt.Answer;
import dev.espalier.search.attempt.Attempt;
import dev.espalier.search.attempt.AttemptPool;
import dev.espalier.search.attempt.RetryingPool;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.failure.Failures;
import dev.espalier.worker.failure.TimeLimitException;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.serial.Messages;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pool whose workers are Spark's: one asynchronous job of one task for every attempt, so that
 * each result arrives as soon as it is there and a lost worker takes nothing else with it. The
 * context goes to every executor once; weights, images and evaluators stay loaded between tasks.
 *
 * <p>A task never throws for its candidate's sake. A task that Spark gives up is {@link
 * Outcome.Failed.Kind#LOST}: on a cluster at once when its executor is lost, in this process after
 * the number of attempts of the master. The time limit is kept by the worker itself; should it
 * hang, {@link #take} gives its attempt up a little later.
 *
 * <p>Used by one thread.
 */
public final class SparkAttemptPool implements AttemptPool {

  private static final Logger LOG = LoggerFactory.getLogger(SparkAttemptPool.class);
  private static final Duration TICK = Duration.ofMillis(100);
  private static final Duration LONGEST_GRACE = Duration.ofSeconds(30);
  private static final Duration LONGEST_REST = Duration.ofSeconds(2);

  private record Flight(CandidateJob job, int attempt) {}

  private record Arrival(long flight, EvaluationReport report) {}

  private final JavaSparkContext spark;
  private final EvaluationObserver observer;
  private final Broadcast<byte[]> context;
  private final PoolTask task;
  private final Duration limit;
  private final Duration grace;
  private final TaskClock clock;
  private final WorkerWatch workers;
  private final Map<Long, Flight> flights = new HashMap<>();
  private final BlockingQueue<Arrival> arrivals = new LinkedBlockingQueue<>();
  private long nextFlight;

  private SparkAttemptPool(
      JavaSparkContext spark,
      EvaluationContext context,
      ScorerSource source,
      EvaluationObserver observer) {
    this.spark = spark;
    this.observer = observer;
    this.context = spark.broadcast(Messages.encode(context));
    String name = UUID.randomUUID().toString();
    this.task = new PoolTask(name, this.context, WorkerFiles.of(spark, context), source);
    this.clock = new TaskClock(name);
    this.limit = context.limit();
    this.grace = Collections.min(List.of(limit, LONGEST_GRACE)).plus(source.recovery());
    this.workers = WorkerWatch.of(spark, observer);
    spark.sc().addSparkListener(clock);
  }

  /**
   * Sends the context to the workers and has them load it.
   *
   * @param observer told of every evaluation that is taken
   * @throws dev.espalier.search.job.BadInputException if a worker cannot use a file of the context
   */
  public static SparkAttemptPool open(
      JavaSparkContext spark,
      EvaluationContext context,
      ScorerSource source,
      EvaluationObserver observer) {
    SparkAttemptPool pool = new SparkAttemptPool(spark, context, source, observer);
    try {
      pool.warm();
      return pool;
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  @Override
  public void submit(List<Attempt> attempts) {
    spark.setLocalProperty(TaskClock.POOL, task.pool());
    attempts.forEach(this::submit);
  }

  @Override
  public List<Answer> take(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    List<Answer> taken = new ArrayList<>();
    long left = patience.toNanos();
    do {
      Arrival arrival =
          arrivals.poll(Math.min(Math.max(left, 0), TICK.toNanos()), TimeUnit.NANOSECONDS);
      refuseToWaitForNobody();
      workers.look();
      while (arrival != null) {
        land(arrival, taken);
        arrival = arrivals.poll();
      }
      giveUpOverdue(taken);
      left = end - System.nanoTime();
    } while (taken.isEmpty() && left > 0);
    return taken;
  }

  /**
   * Cancels what is under way, gives the workers a moment to notice, and frees what they hold on
   * this machine as soon as they come to rest.
   */
  @Override
  public void close() {
    flights.values().forEach(flight -> flight.job().cancel());
    if (!spark.sc().isStopped()) {
      awaitRest(
          flights.values().stream().map(flight -> flight.job().id()).collect(Collectors.toSet()));
    }
    flights.clear();
    ExecutorEvaluators.close(task.pool());
    if (!spark.sc().isStopped()) {
      spark.sc().removeSparkListener(clock);
      task.files().close();
      // Waits, or Spark complains of what it still removes when it is stopped next.
      context.destroy(spark.isLocal());
    }
  }

  private void awaitRest(Set<Integer> jobs) {
    long end = System.nanoTime() + LONGEST_REST.toNanos();
    try {
      while (clock.isBusyWith(jobs) && System.nanoTime() < end) {
        Thread.sleep(TICK.toMillis() / 10);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void warm() {
    for (Throwable problem : problemsOfWorkers()) {
      if (problem instanceof RuntimeException e) {
        throw e;
      }
      throw new IllegalStateException("a worker cannot start: " + problem, problem);
    }
  }

  /** Asked once more when a worker is lost meanwhile, which takes the answers of all with it. */
  private List<Throwable> problemsOfWorkers() {
    int evaluators = spark.defaultParallelism();
    PoolTask warming = task;
    JavaRDD<Throwable> problems =
        spark
            .parallelize(Collections.nCopies(evaluators, 0), evaluators)
            .mapPartitions(nothing -> warming.warm().iterator());
    for (int attempt = 1; ; attempt++) {
      try {
        return await(problems.collectAsync());
      } catch (ExecutionException e) {
        if (attempt == RetryingPool.ATTEMPTS || spark.sc().isStopped()) {
          throw new IllegalStateException("the workers cannot load the context", e.getCause());
        }
        LOG.warn("The workers are asked once more to load the context: {}", e.getMessage());
      }
    }
  }

  private <T> T await(Future<T> answer) throws ExecutionException {
    while (true) {
      try {
        return answer.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        workers.look();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the workers load the context", e);
      }
    }
  }

  private void submit(Attempt attempt) {
    Candidate candidate = attempt.candidate();
    long flight = nextFlight++;
    CandidateJob job =
        CandidateJob.submit(
            spark,
            task,
            candidate,
            report -> arrivals.add(new Arrival(flight, report)),
            failure ->
                arrivals.add(
                    new Arrival(
                        flight, unmeasured(candidate, Failures.lost(failure), Duration.ZERO))));
    flights.put(flight, new Flight(job, attempt.number()));
  }

  /** Takes an arrival, unless its attempt was given up before. */
  private void land(Arrival arrival, List<Answer> taken) {
    Flight landed = flights.remove(arrival.flight());
    if (landed != null) {
      observer.evaluated(arrival.report());
      taken.add(new Answer(landed.attempt(), arrival.report().evaluation()));
    }
  }

  private void giveUpOverdue(List<Answer> taken) {
    Duration overdue = limit.plus(grace);
    Set<Integer> late = clock.jobsRunningFor(overdue);
    for (Map.Entry<Long, Flight> flight : List.copyOf(flights.entrySet())) {
      CandidateJob job = flight.getValue().job();
      if (late.contains(job.id())) {
        job.cancel();
        Outcome outcome = Failures.classify(new TimeLimitException(limit));
        land(new Arrival(flight.getKey(), unmeasured(job.candidate(), outcome, overdue)), taken);
      }
    }
  }

  /** Whatever arrives while Spark is being stopped says nothing about its candidate. */
  private void refuseToWaitForNobody() {
    if (flights.isEmpty()) {
      return;
    }
    if (spark.sc().isStopped()) {
      throw new IllegalStateException("Spark was stopped while candidates were being evaluated");
    }
    int stuck = clock.jobsRunningFor(limit.plus(grace).plus(grace)).size();
    if (stuck >= spark.defaultParallelism()) {
      throw new IllegalStateException(
          "all %d workers hang in evaluations that should have ended after %s s; the job can be resumed in a new process"
              .formatted(stuck, limit.toSeconds()));
    }
  }

  private static EvaluationReport unmeasured(
      Candidate candidate, Outcome outcome, Duration elapsed) {
    return new EvaluationReport(new Evaluation(candidate, outcome, elapsed, 0), Map.of(), 0, 0);
  }
}
