package dev.espalier.driver.spark.training;

import dev.espalier.pruningnet.training.parallel.Replica;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What an executor keeps between rounds: the idle replicas of a training. They go when those of
 * another one are opened, or after a while without any round: an executor does not hear of the end
 * of a training. Static because tasks meet nothing else that outlives them. Thread-safe.
 */
final class ExecutorReplicas {

  /** When idle replicas are looked after. */
  static final Executor LATER = CompletableFuture.delayedExecutor(5, TimeUnit.MINUTES);

  private static final Map<String, Deque<Replica>> IDLE = new HashMap<>();

  /** Trainings that are over: a task of theirs that ends late must not leave its replica here. */
  private static final Set<String> CLOSED = new HashSet<>();

  /** How often a replica was taken or given back. */
  private static long turn;

  private ExecutorReplicas() {}

  /**
   * A replica that nobody else uses, until it is given back.
   *
   * @throws CancellationException if the training was closed in this process
   */
  static Replica take(String training, Supplier<Replica> opening) {
    synchronized (IDLE) {
      turn++;
      if (CLOSED.contains(training)) {
        throw new CancellationException("the training is over");
      }
      Deque<Replica> idle = IDLE.get(training);
      if (idle != null && !idle.isEmpty()) {
        return idle.pop();
      }
      Set.copyOf(IDLE.keySet()).stream()
          .filter(other -> !other.equals(training))
          .forEach(ExecutorReplicas::free);
    }
    return opening.get();
  }

  /**
   * Keeps a replica for the next round.
   *
   * @param later runs what frees it if nobody takes or brings one until then
   */
  static void giveBack(String training, Replica replica, Executor later) {
    synchronized (IDLE) {
      long now = ++turn;
      later.execute(() -> freeAllIfStill(now));
      if (CLOSED.contains(training)) {
        replica.close();
      } else {
        IDLE.computeIfAbsent(training, name -> new ArrayDeque<>()).push(replica);
      }
    }
  }

  /** Closes the replicas of a training: idle ones now, others as soon as they are given back. */
  static void close(String training) {
    synchronized (IDLE) {
      CLOSED.add(training);
      free(training);
    }
  }

  private static void freeAllIfStill(long then) {
    synchronized (IDLE) {
      if (turn == then) {
        Set.copyOf(IDLE.keySet()).forEach(ExecutorReplicas::free);
      }
    }
  }

  private static void free(String training) {
    Deque<Replica> idle = IDLE.remove(training);
    if (idle != null) {
      idle.forEach(Replica::close);
    }
  }
}
