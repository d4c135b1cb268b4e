package dev.espalier.bench;

import static dev.espalier.bench.Figures.print;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;

/**
 * How much heap a long search needs: the search of {@link EngineBench} with journal and
 * checkpoints, to its end. To show that a heap is enough, give the JVM no more: {@code
 * ESPALIER_JAVA_OPTIONS=-Xmx160m}.
 *
 * <p>Arguments: number of evaluations, 100,000 by default.
 */
public final class MemoryBench {

  private static final int WINDOW = 64;
  private static final double MIB = 1 << 20;

  private MemoryBench() {}

  /** Prints the heap that was given, and what of it is in use at the end. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int evaluations = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100_000;
    try (ScratchFolder folder = ScratchFolder.create();
        NoWork pool = new NoWork()) {
      long start = System.nanoTime();
      var state =
          ChainSearch.durable(
              ChainSearch.of("metapruning", evaluations, WINDOW), folder.path(), pool);
      double seconds = (System.nanoTime() - start) / 1e9;
      System.gc();
      print(
          "%d evaluations in %.1f s within a heap of %.0f MiB: %.0f MiB in use at the end",
          state.told(), seconds, Runtime.getRuntime().maxMemory() / MIB, inUse() / MIB);
    }
  }

  private static long inUse() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .map(MemoryPoolMXBean::getUsage)
        .mapToLong(usage -> usage.getUsed())
        .sum();
  }
}
