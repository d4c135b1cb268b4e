package dev.espalier.pruningnet.scoring.script.archive;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import dev.espalier.pruningnet.tensor.Torch;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A TorchScript file of ours, loaded. Owns native memory until closed. */
public final class LoadedScript implements AutoCloseable {

  private final NDManager memory;
  private final PtSymbolBlock module;
  private final dev.espalier.search.network.Shape image;

  private LoadedScript(
      NDManager memory, PtSymbolBlock module, dev.espalier.search.network.Shape image) {
    this.memory = memory;
    this.module = module;
    this.image = image;
  }

  /**
   * Loads a file.
   *
   * @param image shape of what it reads
   */
  public static LoadedScript open(Path file, dev.espalier.search.network.Shape image) {
    NDManager memory = Torch.scope();
    try (InputStream in = Files.newInputStream(file)) {
      return new LoadedScript(
          memory, JniUtils.loadModule((PtNDManager) memory, in, true, false), image);
    } catch (IOException e) {
      memory.close();
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * The scores of some images.
   *
   * @param pixels count x channels x height x width
   * @return count x classes
   */
  public float[] scores(float[] pixels, int count) {
    try (NDManager scope = memory.newSubManager();
        NDArray batch =
            scope.create(
                pixels, new Shape(count, image.channels(), image.height(), image.width()));
        IValue x = IValue.from((PtNDArray) batch);
        IValue result = IValueUtils.runMethod(module, "forward", x);
        NDArray scores = result.toTensor((PtNDManager) scope)) {
      return scores.toFloatArray();
    }
  }

  @Override
  public void close() {
    module.close();
    memory.close();
  }
}
