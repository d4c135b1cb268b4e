package dev.espalier.bench;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.LongToDoubleFunction;

/** Any number of workers in virtual time: it passes only while the engine waits for results. */
final class VirtualWorkers implements EvaluationPool {

  /** Results that come within such a time are taken together, as a driver does. */
  private static final double POLL_SECONDS = 0.02;

  private record Running(double until, Candidate candidate) {}

  private final int workers;
  private final LongToDoubleFunction seconds;
  private final Deque<Candidate> queue = new ArrayDeque<>();
  private final PriorityQueue<Running> running =
      new PriorityQueue<>(
          Comparator.comparingDouble(Running::until).thenComparing(one -> one.candidate().index()));
  private double now;
  private double worked;

  /**
   * Idle workers.
   *
   * @param seconds how long the evaluation of the n-th candidate takes
   */
  VirtualWorkers(int workers, LongToDoubleFunction seconds) {
    this.workers = workers;
    this.seconds = seconds;
  }

  /** Share of all workers' time in which they evaluated. */
  double busy() {
    return worked / (workers * now);
  }

  @Override
  public void submit(List<Candidate> candidates) {
    queue.addAll(candidates);
    begin();
  }

  @Override
  public List<Evaluation> take(Duration limit) {
    List<Evaluation> done = new ArrayList<>();
    if (!running.isEmpty()) {
      double end = running.element().until() + POLL_SECONDS;
      while (!running.isEmpty() && running.element().until() <= end) {
        Running next = running.remove();
        now = next.until();
        done.add(NoWork.evaluate(next.candidate()));
        begin();
      }
    }
    return done;
  }

  private void begin() {
    while (running.size() < workers && !queue.isEmpty()) {
      Candidate candidate = queue.remove();
      double time = seconds.applyAsDouble(candidate.index());
      worked += time;
      running.add(new Running(now + time, candidate));
    }
  }

  @Override
  public void close() {}
}
