package dev.espalier.worker.evaluate;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.worker.cache.HazelcastScoreStore;
import dev.espalier.worker.cache.NoScoreStore;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * All evaluators of a context in one process: they share the loaded weights and images and the
 * connection to the cache. Each is lent to one thread for one evaluation, and there are as many as
 * were ever needed at the same moment. Thread-safe.
 */
public final class Evaluators implements AutoCloseable {

  private final EvaluationContext context;
  private final Scorers scorers;
  private final ScoreStore store;
  private final Deque<EvaluateStructure> idle = new ArrayDeque<>();
  private int lent;
  private volatile boolean closed;

  private Evaluators(EvaluationContext context, Scorers scorers, ScoreStore store) {
    this.context = context;
    this.scorers = scorers;
    this.store = store;
  }

  /**
   * Loads a context and connects to its cache; a cache that cannot be reached is done without.
   *
   * @throws dev.espalier.search.job.BadInputException if a file is missing or damaged
   */
  public static Evaluators open(EvaluationContext context, ScorerSource source) {
    Scorers scorers = source.open(context);
    Optional<HazelcastScoreStore> shared = context.cache().flatMap(HazelcastScoreStore::connect);
    ScoreStore store = shared.isPresent() ? shared.get() : new NoScoreStore();
    return new Evaluators(context, scorers, store);
  }

  /** Makes one more evaluator ready, so that a later evaluation need not wait for it. */
  public void warm() {
    giveBack(make());
  }

  /**
   * Measures a candidate; see {@link EvaluateStructure#evaluate}.
   *
   * @throws CancellationException if this is closed
   */
  public EvaluationReport evaluate(Candidate candidate, Checkpoint cancelled) {
    EvaluateStructure evaluator = borrow();
    try {
      return evaluator.evaluate(
          candidate,
          () -> {
            cancelled.check();
            stopIfClosed();
          });
    } finally {
      giveBack(evaluator);
    }
  }

  /**
   * Stops the evaluations under way at their next checkpoint and frees everything: at once what is
   * idle, the rest when they have ended.
   */
  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      freeIfUnused();
    }
  }

  private EvaluateStructure borrow() {
    synchronized (this) {
      EvaluateStructure evaluator = idle.poll();
      if (evaluator != null) {
        lent++;
        return evaluator;
      }
    }
    return make();
  }

  private EvaluateStructure make() {
    synchronized (this) {
      stopIfClosed();
      lent++;
    }
    boolean made = false;
    try {
      EvaluateStructure evaluator = new EvaluateStructure(context, scorers.scorer(), store);
      made = true;
      return evaluator;
    } finally {
      if (!made) {
        synchronized (this) {
          lent--;
          freeIfUnused();
        }
      }
    }
  }

  private synchronized void giveBack(EvaluateStructure evaluator) {
    lent--;
    idle.push(evaluator);
    freeIfUnused();
  }

  private void stopIfClosed() {
    if (closed) {
      throw new CancellationException("the evaluators of this context are closed");
    }
  }

  private void freeIfUnused() {
    if (!closed) {
      return;
    }
    idle.forEach(EvaluateStructure::close);
    idle.clear();
    if (lent == 0) {
      scorers.close();
      store.close();
    }
  }
}
