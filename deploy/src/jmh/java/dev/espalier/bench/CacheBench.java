package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import dev.espalier.worker.evaluate.EvaluateStructure;
import dev.espalier.worker.evaluate.Evaluators;
import dev.espalier.worker.evaluate.LocalAttemptPool;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the shared cache costs the engine, with evaluations that compute nothing: the search of
 * {@link EngineBench}, journal fsynced. Each candidate is looked up in the Hazelcast member of a
 * job and, as nothing is found, its statistics and its score are put there, by the code of a
 * worker. In turns with the same without a cache.
 *
 * <p>Arguments: number of rounds, 5 by default, and of workers, 2 by default.
 */
public final class CacheBench {

  private static final int EVALUATIONS = 10_000;
  private static final int WINDOW = 64;

  private final int workers;

  private CacheBench(int workers) {
    this.workers = workers;
  }

  /** Prints one line for each round, and the medians. */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    CacheBench bench = new CacheBench(arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2);
    bench.perSecond(false);
    bench.perSecond(true);
    double[] without = new double[rounds];
    double[] with = new double[rounds];
    double[] ratios = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      without[round] = bench.perSecond(false);
      with[round] = bench.perSecond(true);
      ratios[round] = with[round] / without[round];
      print(
          "  %.0f evaluations/s without Hazelcast, %.0f with: %.2f times",
          without[round], with[round], ratios[round]);
    }
    print(
        "journal fsynced: median %.0f evaluations/s without Hazelcast, %.0f with: %.2f times",
        median(without), median(with), median(ratios));
  }

  private double perSecond(boolean cached) throws IOException, InterruptedException {
    try (ScratchFolder folder = ScratchFolder.create();
        Cache cache =
            cached
                ? Cache.open(folder.path().resolve("cache"), CacheSettings.LOOPBACK)
                : Cache.off();
        EvaluationPool pool = pool(cache)) {
      long start = System.nanoTime();
      ChainSearch.durable(
          ChainSearch.of("metapruning", EVALUATIONS, WINDOW),
          folder.path().resolve("search"),
          pool);
      return EVALUATIONS * 1e9 / (System.nanoTime() - start);
    }
  }

  private EvaluationPool pool(Cache cache) {
    ContentFile none = new ContentFile("none", Path.of("none"));
    EvaluationContext context =
        new EvaluationContext(
            new ScoreInputs("chain50", "none", "none", "none", EvaluateStructure.VERSION),
            none,
            none,
            "none",
            "SELECTION",
            Duration.ofMinutes(1),
            cache.address());
    return NoWork.patiently(
        new LocalAttemptPool(
            Evaluators.open(context, opened -> new NoScorers()), workers, report -> {}));
  }
}
