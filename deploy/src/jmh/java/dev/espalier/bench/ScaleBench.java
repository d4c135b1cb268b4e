package dev.espalier.bench;

import static dev.espalier.bench.Figures.print;

import dev.espalier.search.random.RandomStreams;
import java.io.IOException;
import java.util.function.LongToDoubleFunction;

/**
 * The real engine, strategy and journal against simulated workers, 1 to 1,000 of them: the share of
 * their time in which they work, with the window of proposals and with a barrier after each
 * generation of that size, and the driver's own time for each candidate.
 *
 * <p>Evaluation times are log-normal around 1 s, as wide as measured ones, and one in a hundred
 * takes longer by a factor. Arguments: deviation of the logarithm (0.25 by default), that factor (3
 * by default).
 */
public final class ScaleBench {

  private static final int WINDOW_PER_WORKER = 4;
  private static final int ROUNDS = 20;
  private static final double STRAGGLERS = 0.01;

  private ScaleBench() {}

  /** Prints a line for each number of workers. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    double deviation = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 0.25;
    double factor = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 3;
    LongToDoubleFunction seconds =
        index -> {
          var random = new RandomStreams(1).stream("seconds", index);
          double usual = Math.exp(deviation * random.nextGaussian());
          return random.nextDouble() < STRAGGLERS ? factor * usual : usual;
        };
    for (int workers : new int[] {1, 10, 100, 1000}) {
      int window = Math.max(8, WINDOW_PER_WORKER * workers);
      int evaluations = ROUNDS * window;
      VirtualWorkers pool = new VirtualWorkers(workers, seconds);
      try (ScratchFolder folder = ScratchFolder.create()) {
        long start = System.nanoTime();
        ChainSearch.durable(
            ChainSearch.of("metapruning", evaluations, window), folder.path(), pool);
        double each = (System.nanoTime() - start) / 1e6 / evaluations;
        print(
            "%4d workers, window %4d: busy %.1f%%, with a barrier %.1f%%; driver %.3f ms a candidate",
            workers,
            window,
            100 * pool.busy(),
            100 * barrier(workers, window, evaluations, seconds),
            each);
      }
    }
  }

  /** The same evaluations, each generation begun when the one before is wholly back. */
  private static double barrier(
      int workers, int generation, int evaluations, LongToDoubleFunction seconds) {
    double makespan = 0;
    double worked = 0;
    for (int from = 0; from < evaluations; from += generation) {
      double[] free = new double[workers];
      for (int i = from; i < from + generation; i++) {
        int first = earliest(free);
        free[first] += seconds.applyAsDouble(i);
        worked += seconds.applyAsDouble(i);
      }
      double longest = 0;
      for (double time : free) {
        longest = Math.max(longest, time);
      }
      makespan += longest;
    }
    return worked / (workers * makespan);
  }

  private static int earliest(double[] free) {
    int first = 0;
    for (int i = 1; i < free.length; i++) {
      if (free[i] < free[first]) {
        first = i;
      }
    }
    return first;
  }
}
