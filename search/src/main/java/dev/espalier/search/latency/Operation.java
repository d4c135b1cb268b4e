package dev.espalier.search.latency;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Shape;

/**
 * What the runtime does in one go, all but its widths. A batch norm and a ReLU that follow a
 * convolution are part of it, and so is a sum where the runtime can add while it convolves.
 *
 * @param kind what it does
 * @param layout how its maps lie in memory
 * @param height of the map that it reads
 * @param width of the map that it reads
 * @param kernel side of the window, 1 where it has none
 * @param stride step of the window
 * @param padding around the map
 * @param dilation distance between the window's taps
 */
public record Operation(
    Kind kind,
    Layout layout,
    int height,
    int width,
    int kernel,
    int stride,
    int padding,
    int dilation) {

  /** One without a window, over maps of a size. */
  static Operation of(Kind kind, Layout layout, int height, int width) {
    return new Operation(kind, layout, height, width, 1, 1, 0, 1);
  }

  /** A convolution, of either kind. */
  static Operation of(Kind kind, Layout layout, Shape map, Layer.Conv conv) {
    return new Operation(
        kind,
        layout,
        map.height(),
        map.width(),
        conv.kernel(),
        conv.stride(),
        conv.padding(),
        conv.dilation());
  }

  /** Pooling. */
  static Operation of(Layout layout, Shape map, Layer.Pool pool) {
    return new Operation(
        pool.kind() == Layer.Pool.Kind.MAX ? Kind.MAX_POOL : Kind.AVERAGE_POOL,
        layout,
        map.height(),
        map.width(),
        pool.kernel(),
        pool.stride(),
        pool.padding(),
        1);
  }

  /** What is done. */
  public enum Kind {
    /** A convolution. */
    CONV,
    /** A convolution with one filter for each channel. */
    DEPTHWISE,
    /** A sum within a convolution: what it takes longer. */
    JOIN,
    /** A sum by itself. */
    ADD,
    /** A ReLU by itself, also one that ends at 6. */
    RELU,
    /** An activation by itself. */
    SIGMOID,
    /** An activation by itself. */
    HARD_SIGMOID,
    /** An activation, always by itself. */
    HARD_SWISH,
    /** A batch norm by itself. */
    BATCH_NORM,
    /** Pooling. */
    MAX_POOL,
    /** Pooling. */
    AVERAGE_POOL,
    /** The mean of each map. */
    GLOBAL_POOL,
    /** A concatenation. */
    CONCAT,
    /** A product. */
    MULTIPLY,
    /** A fully connected layer. */
    LINEAR,
    /** Maps one after the other become blocks. */
    TO_BLOCKS,
    /** Blocks become maps one after the other. */
    FROM_BLOCKS,
    /** What every call takes besides its operations; its maps are those of the image. */
    CALL;

    /** Whether what it reads and what it writes may be of different widths. */
    boolean isBetweenWidths() {
      return this == CONV || this == LINEAR;
    }
  }

  /** How maps lie in memory. */
  public enum Layout {
    /** One map after the other. */
    PLAIN,
    /** A block of channels side by side. */
    BLOCKED,
    /** Read one after the other, written in blocks: convolutions of less than a block. */
    DIRECT
  }

  @Override
  public String toString() {
    return "%s %s over %dx%d, kernel %d, stride %d, padding %d, dilation %d"
        .formatted(kind, layout, height, width, kernel, stride, padding, dilation);
  }
}
