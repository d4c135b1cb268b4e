package dev.espalier.search.job;

/**
 * The images of a job.
 *
 * @param name an imported data set, or the generated {@code shapes-32}
 * @param splits how its training images are divided
 */
public record DataSpec(String name, Splits splits) {

  /** A data set divided by default. */
  public static DataSpec of(String name) {
    return new DataSpec(name, Splits.DEFAULT);
  }

  /**
   * Disjoint parts of the training images. The test images stay apart from all of them.
   *
   * @param train images that train the PruningNet and recalibrate batch norm; 0 takes all that are
   *     left
   * @param selection images that choose structures; 0 takes a tenth, at most 5,000
   * @param confirmation images that never choose a structure; 0 takes a tenth, at most 5,000
   */
  public record Splits(int train, int selection, int confirmation) {

    /** A tenth each to choose and to confirm, the rest to train. */
    public static final Splits DEFAULT = new Splits(0, 0, 0);
  }
}
