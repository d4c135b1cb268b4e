package dev.espalier.search.network;

/**
 * The shape of one image's activation: channels x height x width. The output of a {@link
 * Layer.Flatten} or {@link Layer.Linear} has height and width 1.
 *
 * @param channels number of feature maps, at least 1
 * @param height rows, at least 1
 * @param width columns, at least 1
 */
public record Shape(int channels, int height, int width) {

  /** Refuses an empty shape. */
  public Shape {
    if (channels < 1 || height < 1 || width < 1) {
      throw new IllegalArgumentException(
          "shape: every side must be at least 1, found %dx%dx%d"
              .formatted(channels, height, width));
    }
  }

  /** Number of positions of one feature map: height x width. */
  public int positions() {
    return height * width;
  }

  /** Number of values of one image: channels x height x width. */
  public long elements() {
    return (long) channels * height * width;
  }

  /** The same feature maps with another number of channels. */
  public Shape withChannels(int count) {
    return new Shape(count, height, width);
  }

  @Override
  public String toString() {
    return channels + "x" + height + "x" + width;
  }
}
