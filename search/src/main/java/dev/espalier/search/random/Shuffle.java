package dev.espalier.search.random;

import java.util.random.RandomGenerator;

/** A uniformly random order (Fisher and Yates; Durstenfeld, "Algorithm 235", 1964). */
public final class Shuffle {

  private Shuffle() {}

  /** Puts the values in a random order, in place. */
  public static void inPlace(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int value = values[i];
      values[i] = values[j];
      values[j] = value;
    }
  }
}
