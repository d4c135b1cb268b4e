package dev.espalier.pruningnet.dataset.picture;

import dev.espalier.search.network.Shape;

/**
 * Bilinear resizing with antialiasing: each output value is the average of the input under a
 * triangle (tent) centred on it, whose half width is the scale factor when shrinking and one pixel
 * when enlarging; rows first, then columns. Pixels outside the picture take no part in the average.
 * Plain arithmetic only, so it is the same on every machine. Thread-safe.
 */
public final class Resampler {

  private Resampler() {}

  /**
   * Scales the shorter side to a length and crops the longer one to it around the centre.
   *
   * @param side rows and columns of the result, at least 1
   */
  public static Picture square(Picture picture, int side) {
    Shape shape = picture.shape();
    if (shape.height() == side && shape.width() == side) {
      return picture;
    }
    int shorter = Math.min(shape.height(), shape.width());
    Taps columns = new Taps(shape.width(), shorter, side);
    Taps rows = new Taps(shape.height(), shorter, side);
    byte[] planes = new byte[shape.channels() * side * side];
    double[] narrow = new double[shape.height() * side];
    for (int channel = 0; channel < shape.channels(); channel++) {
      for (int y = rows.from(0); y < rows.to(side - 1); y++) {
        int line = (channel * shape.height() + y) * shape.width();
        for (int x = 0; x < side; x++) {
          double sum = 0;
          for (int tap = columns.from(x); tap < columns.to(x); tap++) {
            sum += columns.weight(x, tap) * (picture.planes()[line + tap] & 0xff);
          }
          narrow[y * side + x] = sum;
        }
      }
      for (int y = 0; y < side; y++) {
        for (int x = 0; x < side; x++) {
          double sum = 0;
          for (int tap = rows.from(y); tap < rows.to(y); tap++) {
            sum += rows.weight(y, tap) * narrow[tap * side + x];
          }
          planes[(channel * side + y) * side + x] = (byte) (int) (sum + 0.5);
        }
      }
    }
    return new Picture(new Shape(shape.channels(), side, side), planes);
  }

  /** Which inputs each output averages, and with what weights that add up to 1. */
  private static final class Taps {

    private final int[] first;
    private final double[][] weights;

    /** Outputs spread over a centred window of {@code shorter} of the {@code length} inputs. */
    Taps(int length, int shorter, int side) {
      double scale = (double) shorter / side;
      double start = (length - shorter) / 2.0;
      double reach = Math.max(1, scale);
      first = new int[side];
      weights = new double[side][];
      for (int out = 0; out < side; out++) {
        double centre = start + (out + 0.5) * scale;
        first[out] = Math.max(0, (int) Math.floor(centre - reach));
        int end = Math.min(length, (int) Math.ceil(centre + reach));
        weights[out] = new double[end - first[out]];
        double total = 0;
        for (int i = 0; i < weights[out].length; i++) {
          double distance = Math.abs(first[out] + i + 0.5 - centre);
          weights[out][i] = Math.max(0, 1 - distance / reach);
          total += weights[out][i];
        }
        for (int i = 0; i < weights[out].length; i++) {
          weights[out][i] /= total;
        }
      }
    }

    int from(int out) {
      return first[out];
    }

    int to(int out) {
      return first[out] + weights[out].length;
    }

    double weight(int out, int tap) {
      return weights[out][tap - first[out]];
    }
  }
}
