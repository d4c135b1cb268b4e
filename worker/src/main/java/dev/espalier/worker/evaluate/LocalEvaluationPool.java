package dev.espalier.worker.evaluate;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A pool of threads of this process: no Spark, for benchmarks and tests. */
public final class LocalEvaluationPool implements EvaluationPool {

  private final Evaluators evaluators;
  private final EvaluationObserver observer;
  private final ExecutorService threads;
  private final BlockingQueue<Evaluation> finished = new LinkedBlockingQueue<>();

  /** A pool that owns the evaluators. */
  public LocalEvaluationPool(Evaluators evaluators, int threads, EvaluationObserver observer) {
    this.evaluators = evaluators;
    this.observer = observer;
    this.threads = Executors.newFixedThreadPool(threads);
  }

  @Override
  public void submit(List<Candidate> candidates) {
    candidates.forEach(candidate -> threads.execute(() -> evaluate(candidate)));
  }

  @Override
  public List<Evaluation> take(Duration limit) throws InterruptedException {
    List<Evaluation> taken = new ArrayList<>();
    Evaluation first = finished.poll(limit.toNanos(), TimeUnit.NANOSECONDS);
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

  private void evaluate(Candidate candidate) {
    EvaluationReport report = evaluators.evaluate(candidate, () -> {});
    observer.evaluated(report);
    finished.add(report.evaluation());
  }
}
