package dev.espalier.pruningnet.dataset.split;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.Partition;

/**
 * Numbers of images, all taken from the pool. Images of the pool beyond their sum stay unused.
 *
 * @param train images to train and to recalibrate with
 * @param selection images that choose structures
 * @param confirmation images that confirm the choice
 * @param test images to test with when the source keeps none apart, else 0
 */
public record SplitSizes(int train, int selection, int confirmation, int test) {

  /** The largest default size of each part that is held out. */
  public static final int MOST_HELD_OUT = 5000;

  /** Refuses negative numbers. */
  public SplitSizes {
    if (train < 0 || selection < 0 || confirmation < 0 || test < 0) {
      throw new IllegalArgumentException(
          "split sizes: train %d, selection %d, confirmation %d, test %d; none can be negative"
              .formatted(train, selection, confirmation, test));
    }
  }

  /**
   * The default division: a tenth of the pool, at most 5,000 images, for each of selection and
   * confirmation, and for the test if the source keeps no images apart for it; the rest trains.
   */
  public static SplitSizes defaults(DatasetInfo info) {
    int tenth = Math.min(info.size(Partition.POOL) / 10, MOST_HELD_OUT);
    return holdingOut(info, tenth, tenth);
  }

  /** Given numbers for selection and confirmation, the test by default; the rest trains. */
  public static SplitSizes holdingOut(DatasetInfo info, int selection, int confirmation) {
    int pool = info.size(Partition.POOL);
    int test = info.size(Partition.TEST) > 0 ? 0 : Math.min(pool / 10, MOST_HELD_OUT);
    int train = (int) Math.max(0, (long) pool - selection - confirmation - test);
    return new SplitSizes(train, selection, confirmation, test);
  }

  /** The same with another number of training images. */
  public SplitSizes withTrain(int images) {
    return new SplitSizes(images, selection, confirmation, test);
  }

  /** The number of images of a split that come from the pool. */
  public int of(Split split) {
    return switch (split) {
      case TRAIN -> train;
      case SELECTION -> selection;
      case CONFIRMATION -> confirmation;
      case TEST -> test;
    };
  }

  /** All images taken from the pool. */
  public long total() {
    return (long) train + selection + confirmation + test;
  }
}
