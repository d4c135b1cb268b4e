package dev.espalier.bench;

import java.util.Arrays;
import java.util.Locale;

/** How benchmarks print what they measured. */
final class Figures {

  private Figures() {}

  static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }

  static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
