package dev.espalier.pruningnet.sparse;

/**
 * The exact mask of the k largest values; among equal ones the first are taken, so that the mask
 * depends on the values alone. Finds the smallest value to keep by quickselect in expected O(n),
 * and far faster than by the engine, which sorts what it selects.
 */
final class TopK {

  private TopK() {}

  /**
   * 1 for the k largest values, 0 for all others.
   *
   * @param kept k, from 1 to the number of values
   * @throws IllegalArgumentException if a value is not a number
   */
  static float[] mask(float[] values, int kept) {
    for (int i = 0; i < values.length; i++) {
      if (Float.isNaN(values[i])) {
        throw new IllegalArgumentException("score %d is not a number".formatted(i));
      }
    }
    float least = kthLargest(values.clone(), kept);
    int equal = kept;
    for (float value : values) {
      if (value > least) {
        equal--;
      }
    }
    float[] mask = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      if (values[i] > least || (values[i] == least && equal-- > 0)) {
        mask[i] = 1;
      }
    }
    return mask;
  }

  /** Reorders the values. */
  private static float kthLargest(float[] values, int k) {
    int low = 0;
    int high = values.length - 1;
    while (true) {
      float pivot = median(values[low], values[(low + high) >>> 1], values[high]);
      int above = low;
      int below = high;
      int next = low;
      // Three parts: above the pivot, equal to it, below it.
      while (next <= below) {
        if (values[next] > pivot) {
          swap(values, next++, above++);
        } else if (values[next] < pivot) {
          swap(values, next, below--);
        } else {
          next++;
        }
      }
      if (k - 1 < above) {
        high = above - 1;
      } else if (k - 1 > below) {
        low = below + 1;
      } else {
        return pivot;
      }
    }
  }

  private static float median(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }

  private static void swap(float[] values, int i, int j) {
    float value = values[i];
    values[i] = values[j];
    values[j] = value;
  }
}
