package dev.espalier.pruningnet.scoring;

/** Counts correct images from class scores. Not thread-safe. */
final class ScoreCount {

  private final int classes;
  private long correct;
  private long images;
  private long notFinite;

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
        correct++;
      }
    }
    images += batch;
  }

  ShardScore total() {
    return new ShardScore(correct, images, notFinite);
  }
}
