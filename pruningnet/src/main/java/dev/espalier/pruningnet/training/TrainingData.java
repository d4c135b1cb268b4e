package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.training.step.ExampleSource;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.random.RandomStreams;
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

  /** The batches of a training. */
  public ExampleSource source(TrainingSettings settings) {
    return new ExampleSource(
        dataset,
        images,
        new ExampleSource.Settings(
            settings.batch(),
            settings.labelSmoothing(),
            settings.augmentation(),
            settings.format(),
            new RandomStreams(settings.seed()).part("images")));
  }
}
