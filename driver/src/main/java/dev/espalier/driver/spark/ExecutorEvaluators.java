package dev.espalier.driver.spark;

import dev.espalier.worker.evaluate.Evaluators;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.apache.spark.SparkEnv;

/**
 * What an executor keeps between tasks: the open evaluators of the last few pools. Static because
 * tasks meet nothing else that outlives them. Thread-safe.
 */
final class ExecutorEvaluators {

  /** Spark property: at most so many pools stay open in an executor. */
  static final String MOST = "spark.espalier.openPools";

  private static final Map<String, Evaluators> OPEN = new LinkedHashMap<>(4, 0.75f, true);

  /** Pools that are closed: a task of theirs that begins late must not open them again. */
  private static final Set<String> CLOSED = new HashSet<>();

  private ExecutorEvaluators() {}

  /**
   * The evaluators of a pool, opened at the first call; the least recently used ones go.
   *
   * @throws CancellationException if the pool was closed in this process
   */
  static synchronized Evaluators of(String pool, Supplier<Evaluators> opening) {
    if (CLOSED.contains(pool)) {
      throw new CancellationException("the pool is closed");
    }
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
    CLOSED.add(pool);
    Evaluators evaluators = OPEN.remove(pool);
    if (evaluators != null) {
      evaluators.close();
    }
  }

  private static void makeRoom() {
    Iterator<Evaluators> oldest = OPEN.values().iterator();
    int most = SparkEnv.get().conf().getInt(MOST, 2);
    while (OPEN.size() >= most) {
      oldest.next().close();
      oldest.remove();
    }
  }
}
