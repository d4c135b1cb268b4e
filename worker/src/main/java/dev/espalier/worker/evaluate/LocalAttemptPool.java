package dev.espalier.worker.evaluate;

import dev.espalier.search.attempt.Answer;
import dev.espalier.search.attempt.Attempt;
import dev.espalier.search.attempt.AttemptPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A pool of threads of this process: no Spark, for benchmarks and tests. */
public final class LocalAttemptPool implements AttemptPool {

  private final Evaluators evaluators;
  private final EvaluationObserver observer;
  private final ExecutorService threads;
  private final BlockingQueue<Answer> finished = new LinkedBlockingQueue<>();

  /** A pool that owns the evaluators. */
  public LocalAttemptPool(Evaluators evaluators, int threads, EvaluationObserver observer) {
    this.evaluators = evaluators;
    this.observer = observer;
    this.threads = Executors.newFixedThreadPool(threads);
  }

  @Override
  public void submit(List<Attempt> attempts) {
    attempts.forEach(attempt -> threads.execute(() -> evaluate(attempt)));
  }

  @Override
  public List<Answer> take(Duration limit) throws InterruptedException {
    List<Answer> taken = new ArrayList<>();
    Answer first = finished.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
    if (first != null) {
      taken.add(first);
      finished.drainTo(taken);
    }
    return taken;
  }

  @Override
  public void close() {
    threads.shutdownNow();
    evaluators.close();
  }

  private void evaluate(Attempt attempt) {
    EvaluationReport report = evaluators.evaluate(attempt.candidate(), () -> {});
    observer.evaluated(report);
    finished.add(new Answer(attempt.number(), report.evaluation()));
  }
}
