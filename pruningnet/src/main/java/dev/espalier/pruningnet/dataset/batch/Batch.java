package dev.espalier.pruningnet.dataset.batch;

import dev.espalier.search.network.Shape;

/**
 * Room for a batch of images and labels that {@link BatchSource#fill} fills again and again. Not
 * thread-safe: one per reading thread.
 */
public final class Batch {

  private final byte[] images;
  private final int[] labels;
  private int size;

  /**
   * Room for batches.
   *
   * @param shape of one image
   * @param capacity images that fit; with the shape at most 2 GiB
   */
  public Batch(Shape shape, int capacity) {
    this.images = new byte[Math.toIntExact(Math.multiplyExact(capacity, shape.elements()))];
    this.labels = new int[capacity];
  }

  /** The images, size x channels x height x width values of 0..255; not copied. */
  public byte[] images() {
    return images;
  }

  /** The class of each image; not copied. */
  public int[] labels() {
    return labels;
  }

  /** Images in the batch at present; what lies behind them is left from an earlier batch. */
  public int size() {
    return size;
  }

  void resize(int count) {
    size = count;
  }
}
