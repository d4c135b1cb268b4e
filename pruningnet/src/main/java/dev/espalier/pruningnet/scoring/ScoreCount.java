package dev.espalier.pruningnet.scoring;

import java.util.BitSet;

/** Notes from class scores which images are correct. Not thread-safe. */
final class ScoreCount {

  private final int classes;
  private final BitSet correct = new BitSet();
  private int images;
  private int notFinite;

  ScoreCount(int classes) {
    this.classes = classes;
  }

  /**
   * Adds a batch.
   *
   * @param scores batch x classes; the largest one wins, the first of equal ones
   */
  void add(float[] scores, int[] labels, int batch) {
    for (int image = 0; image < batch; image++) {
      int best = 0;
      boolean finite = true;
      for (int k = 0; k < classes; k++) {
        float score = scores[image * classes + k];
        finite &= Float.isFinite(score);
        if (score > scores[image * classes + best]) {
          best = k;
        }
      }
      if (!finite) {
        notFinite++;
      } else if (best == labels[image]) {
        correct.set(images + image);
      }
    }
    images += batch;
  }

  /** Adds images that have no score. */
  void addNotFinite(int more) {
    images += more;
    notFinite += more;
  }

  Answers answers() {
    return new Answers(correct, images, notFinite);
  }
}
