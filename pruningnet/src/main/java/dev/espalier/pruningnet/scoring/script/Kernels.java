package dev.espalier.pruningnet.scoring.script;

import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.pruningnet.tensor.Torch;

/**
 * Which convolutions a program calls. Both compute the same function; they round differently, so a
 * score belongs to one of them.
 */
public enum Kernels {
  /** oneDNN's, which add bias, sum and activation while the result is still in registers. */
  FUSED,
  /** The engine's own choice for each convolution, followed by separate operations. */
  SEPARATE;

  /** The fastest that the engine on this machine has. */
  public static Kernels best() {
    Torch.start();
    return JniUtils.getFeatures().contains("MKLDNN") ? FUSED : SEPARATE;
  }
}
