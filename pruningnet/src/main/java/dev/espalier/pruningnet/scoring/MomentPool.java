package dev.espalier.pruningnet.scoring;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Pools the moments of batches exactly, in double precision: with n images, mean m and variance v
 * so far and a batch (n', m', v'), d = m' - m gives mean m + d n'/(n + n') and summed squares n v +
 * n' v' + d^2 n n'/(n + n'), from "Algorithms for Computing the Sample Variance: Analysis and
 * Recommendations" (1983). So the result is that of all images at once, whatever the sizes of the
 * batches, and nothing of an earlier batch fades as in a moving average.
 *
 * <p>Variances are divided by the number of values, not by one less: it is what the layers
 * normalise by. Not thread-safe.
 */
final class MomentPool {

  private final Map<Integer, Sums> layers = new TreeMap<>();
  private long images;

  /** Mean and summed squares of the deviations of each channel, for one value per image. */
  private record Sums(double[] mean, double[] squares) {}

  /** Adds a batch of so many images. All images of a network have equally many values. */
  void add(long count, Statistics batch) {
    batch.layers().forEach((node, moments) -> add(count, layers.get(node), node, moments));
    images += count;
  }

  private void add(long count, @Nullable Sums known, int node, Moments moments) {
    float[] mean = moments.mean();
    float[] variance = moments.variance();
    Sums sums = known == null ? new Sums(new double[mean.length], new double[mean.length]) : known;
    layers.put(node, sums);
    double share = (double) count / (images + count);
    for (int c = 0; c < mean.length; c++) {
      double distance = mean[c] - sums.mean[c];
      sums.mean[c] += distance * share;
      sums.squares[c] += count * (double) variance[c] + distance * distance * images * share;
    }
  }

  /** What all batches together had. */
  Statistics statistics() {
    Map<Integer, Moments> pooled = new HashMap<>();
    layers.forEach(
        (node, sums) -> {
          float[] mean = new float[sums.mean.length];
          float[] variance = new float[mean.length];
          for (int c = 0; c < mean.length; c++) {
            mean[c] = (float) sums.mean[c];
            variance[c] = (float) (sums.squares[c] / images);
          }
          pooled.put(node, new Moments(mean, variance));
        });
    return new Statistics(pooled);
  }
}
