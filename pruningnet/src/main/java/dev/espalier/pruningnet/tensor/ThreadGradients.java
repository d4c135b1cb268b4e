package dev.espalier.pruningnet.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;

/**
 * Collects the gradients of one thread. PyTorch's switch for it belongs to the thread, and the way
 * back runs on the thread that asks for it; DJL's own collector allows one for the whole process.
 */
final class ThreadGradients implements GradientCollector {

  private final boolean before = JniUtils.isGradMode();

  ThreadGradients() {
    JniUtils.setGradMode(true);
  }

  @Override
  public void backward(NDArray target) {
    try (NDArray one = target.onesLike()) {
      JniUtils.backward((PtNDArray) target, (PtNDArray) one, false, false);
    }
  }

  /** Every step has arrays of its own, whose gradients begin at zero. */
  @Override
  public void zeroGradients() {
    throw new UnsupportedOperationException("gradients go with the arrays of their step");
  }

  @Override
  public void close() {
    JniUtils.setGradMode(before);
  }
}
