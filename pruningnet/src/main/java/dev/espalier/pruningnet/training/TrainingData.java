package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.search.digest.Sha256;
import java.nio.ByteBuffer;

/**
 * The images that a model is trained on. The array must not be changed.
 *
 * @param dataset all images
 * @param images numbers of those to train on
 */
public record TrainingData(PackedDataset dataset, int[] images) {

  /** The training split of a data set. */
  public static TrainingData of(PackedDataset dataset, Splits splits) {
    return new TrainingData(dataset, splits.indices(Split.TRAIN));
  }

  /** SHA-256 of the data set's digest and the numbers of the images. */
  public String digest() {
    ByteBuffer numbers = ByteBuffer.allocate(images.length * Integer.BYTES);
    numbers.asIntBuffer().put(images);
    return Sha256.of(dataset.info().digest() + " " + Sha256.of(numbers.array()));
  }
}
