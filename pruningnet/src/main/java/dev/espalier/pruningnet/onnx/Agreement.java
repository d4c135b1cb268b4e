package dev.espalier.pruningnet.onnx;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Batch;
import dev.espalier.pruningnet.dataset.batch.BatchSource;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.tensor.PixelScaling;

/**
 * How far a network and a file of it agree on labelled images.
 *
 * @param images how many were looked at
 * @param correct of them, by the network
 * @param exportedCorrect of them, by the file
 * @param largest difference of two scores
 */
public record Agreement(int images, int correct, int exportedCorrect, double largest) {

  /** Scores differ by rounding only: kernels add up in different orders. */
  public static final double TOLERANCE = 1e-4;

  private static final int BATCH = 100;

  /** Whatever gives scores to images, as {@link TrainedNetwork#scores} does. */
  public interface Scorer {
    float[] scores(float[] pixels, int count);
  }

  /**
   * Compares.
   *
   * @param exported the file, loaded
   * @param indices of the images in the data set
   */
  public static Agreement of(
      TrainedNetwork network, Scorer exported, PackedDataset data, int[] indices) {
    PixelScaling scaling = PixelScaling.of(network.images().mean(), network.images().std());
    BatchSource source = BatchSource.sequential(data, indices, BATCH);
    Batch batch = source.newBatch();
    int correct = 0;
    int exportedCorrect = 0;
    double largest = 0;
    for (int i = 0; i < source.batches(); i++) {
      source.fill(i, batch);
      float[] pixels = scaling.values(batch.images(), batch.size(), data.info().shape());
      float[] own = network.scores(pixels, batch.size());
      float[] others = exported.scores(pixels, batch.size());
      correct += correct(own, batch);
      exportedCorrect += correct(others, batch);
      largest = Math.max(largest, difference(own, others));
    }
    return new Agreement(indices.length, correct, exportedCorrect, largest);
  }

  /** Whether scores agree to within rounding and the number of right answers to an image. */
  public boolean holds() {
    return largest <= TOLERANCE && correct == exportedCorrect;
  }

  /** The largest difference of two scores; not a number if one of them is none. */
  public static double difference(float[] some, float[] others) {
    if (some.length != others.length) {
      throw new IllegalArgumentException(
          "%d scores against %d".formatted(some.length, others.length));
    }
    double largest = 0;
    for (int i = 0; i < some.length; i++) {
      double difference = Math.abs((double) some[i] - others[i]);
      largest = Double.isNaN(difference) ? difference : Math.max(largest, difference);
    }
    return largest;
  }

  private static int correct(float[] scores, Batch batch) {
    int classes = scores.length / batch.size();
    int correct = 0;
    for (int image = 0; image < batch.size(); image++) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        if (scores[image * classes + k] > scores[image * classes + best]) {
          best = k;
        }
      }
      correct += best == batch.labels()[image] ? 1 : 0;
    }
    return correct;
  }
}
