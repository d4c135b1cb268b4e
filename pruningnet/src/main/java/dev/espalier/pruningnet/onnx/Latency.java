package dev.espalier.pruningnet.onnx;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.report.Quantile;
import java.util.Arrays;
import java.util.List;

/**
 * How long a network takes for a batch, in seconds.
 *
 * @param median of the runs
 * @param p95 19 of 20 runs took no longer
 * @param runs that were measured
 */
public record Latency(double median, double p95, int runs) {

  private static final double SECOND = 1e9;
  private static final int MOST_VALUES = 1 << 28;

  /**
   * Measures networks in turns, so that whatever else the machine does meets all of them alike.
   *
   * @param batch images of one call
   * @param warmUp calls of each before the first that counts
   * @param runs calls of each that count
   */
  public static List<Latency> of(List<OnnxNetwork> networks, int batch, int warmUp, int runs) {
    float[][] pixels =
        networks.stream().map(network -> pixels(network, batch)).toArray(float[][]::new);
    long[][] times = new long[networks.size()][runs];
    for (int run = -warmUp; run < runs; run++) {
      for (int i = 0; i < times.length; i++) {
        long begun = System.nanoTime();
        networks.get(i).scores(pixels[i], batch);
        if (run >= 0) {
          times[i][run] = System.nanoTime() - begun;
        }
      }
    }
    return Arrays.stream(times).map(Latency::of).toList();
  }

  private static float[] pixels(OnnxNetwork network, int batch) {
    long values = batch * network.image().elements();
    if (values > MOST_VALUES) {
      throw new BadInputException(
          "a batch of %d images of %s has %d values, expected at most %d"
              .formatted(batch, network.image(), values, MOST_VALUES));
    }
    return new float[(int) values];
  }

  /** The quantiles of times in nanoseconds, at least one. */
  static Latency of(long[] times) {
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    return new Latency(
        quantile(sorted, 0.5) / SECOND, quantile(sorted, 0.95) / SECOND, sorted.length);
  }

  private static long quantile(long[] sorted, double share) {
    return sorted[Quantile.index(share, sorted.length)];
  }

  /** Images a second at the median. */
  public double imagesPerSecond(int batch) {
    return batch / median;
  }
}
