package dev.espalier.pruningnet.scoring.script;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.IValue;
import dev.espalier.search.network.Network;
import java.util.List;

/**
 * The weights of one structure in the form in which a method of a {@link NetworkProgram} takes
 * them: made once, used for every batch. Owns native memory; may be read by several threads.
 */
public final class PreparedWeights implements AutoCloseable {

  private final Network network;
  private final NDManager memory;
  private final IValue list;

  PreparedWeights(Network network, NDManager memory, List<NDArray> tensors) {
    this.network = network;
    this.memory = memory;
    this.list =
        IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
  }

  /** The pruned network whose weights these are. */
  Network network() {
    return network;
  }

  IValue list() {
    return list;
  }

  @Override
  public void close() {
    list.close();
    memory.close();
  }
}
