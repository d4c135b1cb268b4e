package dev.espalier.pruningnet.dataset.batch;

import dev.espalier.search.network.Shape;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Random changes that leave an image's class alone: the image is padded with zeros and cropped back
 * to its size at a random place, then mirrored or not ("Deeply-Supervised Nets", 2015). Immutable
 * and thread-safe.
 *
 * @param padding zeros added on each side before cropping, in pixels; 0 never moves an image
 * @param flip whether half of the images are mirrored left to right
 */
public record Augmentation(int padding, boolean flip) {

  /** Leaves images as they are. */
  public static final Augmentation NONE = new Augmentation(0, false);

  /** Pad by 4, crop, mirror: what is usual for images of 32x32. */
  public static final Augmentation STANDARD = new Augmentation(4, true);

  /** Refuses a negative padding. */
  public Augmentation {
    if (padding < 0) {
      throw new IllegalArgumentException(
          "augmentation: padding is %d, expected 0 or more".formatted(padding));
    }
  }

  /**
   * Writes the changed image.
   *
   * @param source channels x height x width bytes
   * @param target receives as many from {@code offset} on; not {@code source}
   * @param random draws the row, the column, then the mirroring
   */
  public void apply(byte[] source, Shape shape, byte[] target, int offset, RandomGenerator random) {
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = flip && random.nextBoolean();
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = 0; y < shape.height(); y++) {
        int row = (channel * shape.height() + y) * shape.width();
        boolean inside = y + down >= 0 && y + down < shape.height();
        if (inside) {
          copyRow(source, row + down * shape.width(), target, offset + row, shape.width(), right);
        } else {
          Arrays.fill(target, offset + row, offset + row + shape.width(), (byte) 0);
        }
        if (mirrored && inside) {
          mirror(target, offset + row, shape.width());
        }
      }
    }
  }

  /** Copies a row so that target column x shows source column x + right, zero outside. */
  private static void copyRow(
      byte[] source, int from, byte[] target, int to, int width, int right) {
    int first = Math.min(width, Math.max(0, -right));
    int kept = Math.max(0, width - Math.abs(right));
    Arrays.fill(target, to, to + width, (byte) 0);
    if (kept > 0) {
      System.arraycopy(source, from + first + right, target, to + first, kept);
    }
  }

  private static void mirror(byte[] row, int from, int width) {
    for (int left = from, right = from + width - 1; left < right; left++, right--) {
      byte value = row[left];
      row[left] = row[right];
      row[right] = value;
    }
  }
}
