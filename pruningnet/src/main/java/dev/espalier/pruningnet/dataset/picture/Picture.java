package dev.espalier.pruningnet.dataset.picture;

import dev.espalier.search.network.Shape;

/** A decoded image: 1 channel is grey, 3 are red, green and blue. */
public final class Picture {

  private final Shape shape;
  private final byte[] planes;

  /**
   * A picture of given values. They are not copied: whoever makes a picture gives them away.
   *
   * @param shape channels x height x width
   * @param planes one value of 0..255 for each channel, row and column, in this order
   */
  public Picture(Shape shape, byte[] planes) {
    if (planes.length != shape.elements()) {
      throw new IllegalArgumentException(
          "picture of %s: found %d bytes".formatted(shape, planes.length));
    }
    this.shape = shape;
    this.planes = planes;
  }

  /** Channels x height x width. */
  public Shape shape() {
    return shape;
  }

  /** The values by channel, row and column; not copied, not to be changed. */
  public byte[] planes() {
    return planes;
  }

  /** The picture in one channel; colour becomes luma as of ITU-R BT.601, rounded. */
  public Picture toGrey() {
    if (shape.channels() == 1) {
      return this;
    }
    int positions = shape.positions();
    byte[] grey = new byte[positions];
    for (int i = 0; i < positions; i++) {
      int red = planes[i] & 0xff;
      int green = planes[positions + i] & 0xff;
      int blue = planes[2 * positions + i] & 0xff;
      grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
    }
    return new Picture(shape.withChannels(1), grey);
  }

  /** The picture in three channels; grey is repeated. */
  public Picture toColour() {
    if (shape.channels() == 3) {
      return this;
    }
    int positions = shape.positions();
    byte[] colour = new byte[3 * positions];
    for (int channel = 0; channel < 3; channel++) {
      System.arraycopy(planes, 0, colour, channel * positions, positions);
    }
    return new Picture(shape.withChannels(3), colour);
  }
}
