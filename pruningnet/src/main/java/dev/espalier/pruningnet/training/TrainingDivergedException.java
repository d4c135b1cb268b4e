package dev.espalier.pruningnet.training;

/** The loss is no longer a number: the parameters of the last good step are kept. */
public final class TrainingDivergedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  TrainingDivergedException(double loss, int epoch, int step, double learningRate) {
    super(
        "training diverged: the loss is %s in step %d of epoch %d, at a learning rate of %s. Maybe it is too high."
            .formatted(loss, step, epoch, learningRate));
  }
}
