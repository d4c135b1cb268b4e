package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.training.step.ExampleSource;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.random.Shuffle;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

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

  /** The first so many images: of a split, a fair sample. */
  public TrainingData first(int count) {
    return new TrainingData(dataset, Arrays.copyOf(images, Math.min(count, images.length)));
  }

  /** SHA-256 of the data set's digest and the numbers of the images. */
  public String digest() {
    ByteBuffer numbers = ByteBuffer.allocate(images.length * Integer.BYTES);
    numbers.asIntBuffer().put(images);
    return Sha256.of(dataset.info().digest() + " " + Sha256.of(numbers.array()));
  }

  /**
   * Two halves of the images, drawn at random, with as many images each; an odd one is left out.
   *
   * @throws BadInputException if there are fewer than two images
   */
  public List<TrainingData> halves(RandomStreams streams) {
    int half = images.length / 2;
    if (half == 0) {
      throw new BadInputException(
          "data: %d training images, expected at least 2 for two halves".formatted(images.length));
    }
    int[] order = images.clone();
    Shuffle.inPlace(order, streams.stream("halves", 0));
    return List.of(
        new TrainingData(dataset, Arrays.copyOf(order, half)),
        new TrainingData(dataset, Arrays.copyOfRange(order, half, 2 * half)));
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
