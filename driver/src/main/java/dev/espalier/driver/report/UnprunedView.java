package dev.espalier.driver.report;

/**
 * What the unpruned network is worth, before.
 *
 * @param structure the widest one
 * @param epochs it was trained for by itself; 0 if it is as it was imported
 * @param selection score on the images that choose structures
 * @param confirmation score on images that chose nothing
 * @param test score on the test images
 */
public record UnprunedView(
    StructureView structure,
    int epochs,
    ScoreView selection,
    ScoreView confirmation,
    ScoreView test) {

  /** The widest structure after fine-tuning. */
  public static UnprunedView of(FineTunedView widest) {
    return new UnprunedView(
        widest.structure(),
        widest.epochs(),
        widest.selection(),
        widest.confirmation(),
        widest.test());
  }
}
