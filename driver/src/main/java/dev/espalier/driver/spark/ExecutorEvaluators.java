package dev.espalier.driver.spark;

import dev.espalier.worker.evaluate.Evaluators;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What an executor keeps between tasks: the open evaluators of the last few pools. Static because
 * tasks meet nothing else that outlives them. Thread-safe.
 */
final class ExecutorEvaluators {

  /** A search, and the confirmation that follows it. */
  private static final int MOST = 2;

  private static final Map<String, Evaluators> OPEN = new LinkedHashMap<>(4, 0.75f, true);

  private ExecutorEvaluators() {}

  /** The evaluators of a pool, opened at the first call; the least recently used ones go. */
  static synchronized Evaluators of(String pool, Supplier<Evaluators> opening) {
    Evaluators evaluators = OPEN.get(pool);
    if (evaluators == null) {
      makeRoom();
      evaluators = opening.get();
      OPEN.put(pool, evaluators);
    }
    return evaluators;
  }

  /** Closes the evaluators of a pool, if there are any in this process. */
  static synchronized void close(String pool) {
    Evaluators evaluators = OPEN.remove(pool);
    if (evaluators != null) {
      evaluators.close();
    }
  }

  private static void makeRoom() {
    Iterator<Evaluators> oldest = OPEN.values().iterator();
    while (OPEN.size() >= MOST) {
      oldest.next().close();
      oldest.remove();
    }
  }
}
