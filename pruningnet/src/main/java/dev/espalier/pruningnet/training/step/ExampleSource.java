package dev.espalier.pruningnet.training.step;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.dataset.batch.Batch;
import dev.espalier.pruningnet.dataset.batch.BatchSource;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;
import dev.espalier.search.random.RandomStreams;

/**
 * The batches of every epoch, shuffled and augmented anew in each. A batch depends on the seed, its
 * epoch and its number alone. Used by one thread.
 */
public final class ExampleSource {

  private final PackedDataset dataset;
  private final int[] numbers;
  private final Settings settings;
  private final PixelScaling scaling;
  private BatchSource source;
  private int sourceEpoch;
  private final Batch batch;

  /**
   * How images become batches.
   *
   * @param batch images of a batch
   * @param labelSmoothing share of the target spread over all classes
   * @param augmentation how images are varied
   * @param format memory order of the images
   * @param streams draw the order of the images and their augmentation
   */
  public record Settings(
      int batch,
      double labelSmoothing,
      Augmentation augmentation,
      MemoryFormat format,
      RandomStreams streams) {}

  /**
   * Batches of some images of a data set.
   *
   * @param numbers of the images; must not be changed
   */
  public ExampleSource(PackedDataset dataset, int[] numbers, Settings settings) {
    this.dataset = dataset;
    this.numbers = numbers;
    this.settings = settings;
    this.scaling = PixelScaling.of(dataset.info().mean(), dataset.info().std());
    this.source = source(0);
    this.batch = source.newBatch();
  }

  /**
   * A batch.
   *
   * @param epoch from 0
   * @param number of the batch within its epoch, from 0
   * @param scope owns the arrays
   */
  public Examples take(int epoch, int number, NDManager scope) {
    if (epoch != sourceEpoch) {
      source = source(epoch);
      sourceEpoch = epoch;
    }
    source.fill(number, batch);
    return new Examples(
        scaling.tensor(
            batch.images(), batch.size(), dataset.info().shape(), settings.format(), scope),
        CrossEntropy.targets(
            batch.labels(),
            batch.size(),
            dataset.info().classes().size(),
            settings.labelSmoothing(),
            scope));
  }

  private BatchSource source(int epoch) {
    return BatchSource.epoch(
        dataset, numbers, settings.batch(), settings.augmentation(), settings.streams(), epoch);
  }
}
