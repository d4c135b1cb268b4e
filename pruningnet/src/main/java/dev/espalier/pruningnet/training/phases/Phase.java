package dev.espalier.pruningnet.training.phases;

/**
 * The three phases of "DASS: Differentiable Architecture Search for Sparse Neural Networks" (2023).
 */
public enum Phase {
  /** All weights are kept and learn. */
  PRETRAIN("pretrain"),
  /** Weights stand still; the scores learn which of them to keep. */
  PRUNE("prune"),
  /** Masks stand still; the weights that are kept learn. */
  FINE_TUNE("fine-tune");

  private final String text;

  Phase(String text) {
    this.text = text;
  }

  /** How people call it; also the name of its folder. */
  public String text() {
    return text;
  }
}
