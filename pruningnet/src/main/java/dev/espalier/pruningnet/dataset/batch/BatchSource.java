package dev.espalier.pruningnet.dataset.batch;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.random.Shuffle;
import java.util.Objects;

/**
 * Images of a data set in batches, which may be filled in any order and by several threads, each
 * with a {@link Batch} of its own. The last batch is smaller if the images do not divide evenly.
 *
 * <p>In a training epoch the order depends on the seed and the epoch alone, and the augmentation of
 * an image on the seed, the epoch and its place in that order: a resumed epoch goes on with the
 * same bytes.
 */
public final class BatchSource {

  private final PackedDataset data;
  private final int[] order;
  private final int batchSize;
  private final Augmentation augmentation;
  private final RandomStreams streams;

  private BatchSource(
      PackedDataset data,
      int[] order,
      int batchSize,
      Augmentation augmentation,
      RandomStreams streams) {
    if (batchSize < 1 || order.length == 0) {
      throw new IllegalArgumentException(
          "batches of %d from %d images: both must be at least 1"
              .formatted(batchSize, order.length));
    }
    this.data = data;
    this.order = order;
    this.batchSize = batchSize;
    this.augmentation = augmentation;
    this.streams = streams;
  }

  /** The images as they are, in the order given. */
  public static BatchSource sequential(PackedDataset data, int[] indices, int batchSize) {
    return new BatchSource(
        data, indices.clone(), batchSize, Augmentation.NONE, new RandomStreams(0));
  }

  /**
   * One epoch of training: every image once, shuffled and augmented.
   *
   * @param streams the training's own streams
   * @param epoch from 0
   */
  public static BatchSource epoch(
      PackedDataset data,
      int[] indices,
      int batchSize,
      Augmentation augmentation,
      RandomStreams streams,
      int epoch) {
    int[] order = indices.clone();
    Shuffle.inPlace(order, streams.stream("shuffle", epoch));
    return new BatchSource(data, order, batchSize, augmentation, streams.part("epoch-" + epoch));
  }

  /** Number of batches. */
  public int batches() {
    return (order.length - 1) / batchSize + 1;
  }

  /** Number of images in all batches. */
  public int images() {
    return order.length;
  }

  /** A batch with room for one of this source. */
  public Batch newBatch() {
    return new Batch(data.info().shape(), Math.min(batchSize, order.length));
  }

  /**
   * Fills a batch.
   *
   * @param index 0 to {@link #batches} - 1
   * @param target has room for the images
   */
  public void fill(int index, Batch target) {
    Objects.checkIndex(index, batches());
    int first = index * batchSize;
    int count = Math.min(batchSize, order.length - first);
    Shape shape = data.info().shape();
    int bytes = (int) shape.elements();
    byte[] image = new byte[bytes];
    for (int i = 0; i < count; i++) {
      int number = order[first + i];
      target.labels()[i] = data.label(number);
      if (augmentation.equals(Augmentation.NONE)) {
        data.copy(number, target.images(), i * bytes);
      } else {
        data.copy(number, image, 0);
        augmentation.apply(
            image, shape, target.images(), i * bytes, streams.stream("augment", first + i));
      }
    }
    target.resize(count);
  }
}
