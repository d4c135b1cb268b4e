package dev.espalier.pruningnet.dataset;

import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * Mean and standard deviation of each channel, from exact integer sums, so that the order of the
 * images cannot move a bit. Not thread-safe.
 */
final class PixelStatistics {

  private static final double SCALE = 255.0;

  private final Shape shape;
  private final long[] sums;
  private final long[] squares;
  private long images;

  PixelStatistics(Shape shape) {
    this.shape = shape;
    this.sums = new long[shape.channels()];
    this.squares = new long[shape.channels()];
  }

  void add(byte[] image) {
    int positions = shape.positions();
    for (int channel = 0; channel < shape.channels(); channel++) {
      long sum = 0;
      long square = 0;
      int start = channel * positions;
      for (int i = start; i < start + positions; i++) {
        int value = image[i] & 0xff;
        sum += value;
        square += (long) value * value;
      }
      sums[channel] += sum;
      squares[channel] += square;
    }
    images++;
  }

  List<Double> mean() {
    double count = (double) images * shape.positions();
    List<Double> mean = new ArrayList<>();
    for (long sum : sums) {
      mean.add(sum / count / SCALE);
    }
    return mean;
  }

  List<Double> std() {
    double count = (double) images * shape.positions();
    List<Double> std = new ArrayList<>();
    for (int channel = 0; channel < sums.length; channel++) {
      double mean = sums[channel] / count;
      double variance = Math.max(0, squares[channel] / count - mean * mean);
      std.add(Math.max(1 / SCALE, Math.sqrt(variance) / SCALE));
    }
    return std;
  }
}
