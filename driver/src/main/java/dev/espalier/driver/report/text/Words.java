package dev.espalier.driver.report.text;

import dev.espalier.search.report.Difference;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** How numbers read on the screen. */
public final class Words {

  private static final List<String> UNITS = List.of("", "k", "M", "G", "T");

  private Words() {}

  /** A count in three digits and a unit: {@code 40.8M}, {@code 999}, {@code 1.50k}. */
  public static String count(long count) {
    double value = count;
    int unit = 0;
    while (Math.abs(value) >= 999.5 && unit < UNITS.size() - 1) {
      value /= 1000;
      unit++;
    }
    if (unit == 0) {
      return Long.toString(count);
    }
    int decimals = value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
    return String.format(Locale.ROOT, "%." + decimals + "f%s", value, UNITS.get(unit));
  }

  /** A share in percent with two decimals: {@code 61.25%}. */
  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.2f%%", 100 * share);
  }

  /** A difference of accuracies in points: {@code +0.78 (-0.12 to +1.68)}. */
  public static String points(Difference difference) {
    return String.format(
        Locale.ROOT,
        "%+.2f (%+.2f to %+.2f)",
        100 * difference.value(),
        100 * difference.low(),
        100 * difference.high());
  }

  /** A duration by its two largest units: {@code 2h 05m}, {@code 1m 40s}, {@code 12s}. */
  public static String duration(Duration duration) {
    long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
    if (seconds >= 86_400) {
      return "%dd %02dh".formatted(seconds / 86_400, seconds / 3600 % 24);
    }
    if (seconds >= 3600) {
      return "%dh %02dm".formatted(seconds / 3600, seconds / 60 % 60);
    }
    return seconds >= 60 ? "%dm %02ds".formatted(seconds / 60, seconds % 60) : seconds + "s";
  }

  /**
   * A short time in about three digits: {@code 12ms}, {@code 1.21s}, {@code 48.3s}, {@code 2m 05s}.
   */
  public static String time(Duration duration) {
    double seconds = duration.toNanos() / 1e9;
    if (seconds < 0.9995) {
      return String.format(Locale.ROOT, "%.0fms", 1000 * seconds);
    }
    if (seconds >= 59.95) {
      return duration(duration);
    }
    return String.format(Locale.ROOT, seconds < 9.995 ? "%.2fs" : "%.1fs", seconds);
  }
}
