package dev.espalier.pruningnet.scoring;

import dev.espalier.pruningnet.tensor.Torch;

/**
 * Operations of the calling thread run on that thread alone until this is closed: evaluators share
 * the machine side by side, and sums are added up in one order.
 */
final class SingleThread implements AutoCloseable {

  private final int before = Torch.threads();

  private SingleThread() {}

  static SingleThread enter() {
    SingleThread entered = new SingleThread();
    Torch.threads(1);
    return entered;
  }

  @Override
  public void close() {
    Torch.threads(before);
  }
}
