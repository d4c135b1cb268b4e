package dev.espalier.pruningnet.scoring.script;

/** How many rows of a (positions x channels) matrix are laid side by side. */
final class Folds {

  /** Values of a folded row from which on longer rows are no faster. */
  private static final int LONG_ENOUGH = 512;

  /** Values that the widest vector registers in use hold. */
  private static final int VECTOR = 16;

  private Folds() {}

  /**
   * The smallest power of two that makes rows long and whole vectors, as far as it divides the
   * number of rows.
   */
  static long of(int channels, long rows) {
    long fold = 1;
    while (rows % (2 * fold) == 0
        && (fold * channels < LONG_ENOUGH || fold * channels % VECTOR != 0)) {
      fold *= 2;
    }
    return fold;
  }
}
