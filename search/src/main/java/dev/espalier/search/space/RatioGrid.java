package dev.espalier.search.space;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.SpaceSpec;

/**
 * The widths a channel group may take: ratios r_i = (first + step*i)/100 of the base width, i = 0
 * .. count-1. A width is floor(base * r_i), at least 1, in whole numbers; with a multiple m it is
 * then rounded to the nearest multiple of m (never above the base width and at least min(m, base)).
 *
 * <p>Default grid: 31 ratios from 0.10 to 1.00 in steps of 0.03, from "MetaPruning: Meta Learning
 * for Automatic Neural Network Channel Pruning" (2019).
 *
 * @param first smallest ratio, in percent
 * @param step distance between ratios, in percent
 * @param count number of ratios
 * @param multiple widths are multiples of this; 1 leaves them as they are
 */
public record RatioGrid(int first, int step, int count, int multiple) {

  /** The 31 ratios of MetaPruning, unrounded. */
  public static final RatioGrid METAPRUNING = new RatioGrid(10, 3, 31, 1);

  /** Refuses a grid that is empty or does not end at the full width. */
  public RatioGrid {
    if (first < 1 || step < 0 || count < 1 || first + step * (count - 1) != 100) {
      throw new BadInputException(
          "space: found %d widths from %d%% to %d%%, expected at least 1%% to exactly 100%%"
              .formatted(count, first, first + step * (count - 1)));
    }
    if (multiple < 1) {
      throw new BadInputException(
          "space.multiple: found %d, expected at least 1".formatted(multiple));
    }
  }

  /** The grid that a job asks for. */
  public static RatioGrid from(SpaceSpec spec) {
    return new RatioGrid(spec.smallest(), spec.step(), spec.count(), spec.multiple());
  }

  /** The i-th ratio, in percent. */
  public int percent(int i) {
    return first + step * i;
  }

  /** The width at the i-th ratio of a base width; always a multiple of {@code unit} as well. */
  public int width(int base, int i, int unit) {
    int plain = Math.max(1, base * percent(i) / 100);
    int m = lcm(multiple, unit);
    if (m == 1 || plain == base) {
      return plain;
    }
    int rounded = (plain + m / 2) / m * m;
    return Math.min(base, Math.max(Math.min(m, base), rounded));
  }

  static int lcm(int a, int b) {
    int x = a;
    int y = b;
    while (y != 0) {
      int rest = x % y;
      x = y;
      y = rest;
    }
    return a / x * b;
  }
}
