package dev.espalier.search.job;

/**
 * What is measured again on images that never chose a structure.
 *
 * @param top best structures to confirm
 * @param random random structures, evaluated like the search's own, whose best is the baseline; 0
 *     takes as many as the search evaluates
 */
public record ConfirmationSpec(int top, int random) {

  /** Five structures against the best of as many random ones as the search evaluated. */
  public static final ConfirmationSpec DEFAULT = new ConfirmationSpec(5, 0);
}
