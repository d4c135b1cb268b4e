package dev.espalier.pruningnet.training;

/** The loss is no longer a number: the parameters of the last good step are kept. */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * A step that cannot be done.
   *
   * @param problem what is no number, e.g. {@code the loss is NaN}
   * @param epoch from 0
   * @param step within the epoch, from 0
   */
  public TrainingDivergedException(String problem, int epoch, int step, double learningRate) {
    super(
        "training diverged: %s in step %d of epoch %d, at a learning rate of %s. Maybe it is too high."
            .formatted(problem, step, epoch, learningRate));
  }

  /** The same with a sentence more. */
  public TrainingDivergedException(TrainingDivergedException cause, String sentence) {
    super(cause.getMessage() + " " + sentence, cause);
  }
}
