package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.sparse.StructureMasks;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The weights that one training step takes from a {@link PruningNet}, and the way back from their
 * gradients to those of its parameters.
 *
 * <p>The engine's own gradient would form one value per parameter, h times the size of the network,
 * several times over in every step. Here the engine stops at the generated weights. What is left is
 * written out: with kernel = W2 a + b2, a = relu(W1 v + b1) / sqrt(h) and K the kernel's gradient,
 * zero outside of the crop, dW2 = K a' (kept as two vectors), db2 = K, da = W2' K, and so on
 * through the relu. The gradients of several structures add up. Weights that a structure drops get
 * none from it.
 *
 * <p>For one step on one thread.
 */
public final class WeightTape {

  private final PruningNet net;
  private final Padding padding;
  private final NDManager scope;
  private final List<Structure> structures = new ArrayList<>();
  private final List<Weights> leaves = new ArrayList<>();

  WeightTape(PruningNet net, Padding padding, NDManager scope) {
    this.net = net;
    this.padding = padding;
    this.scope = scope;
  }

  /** A structure's weights, whose gradients the engine collects from here on. */
  public Weights weights(Structure structure) {
    Weights dense = net.dense(structure, padding, scope);
    for (LayerWeights layer : dense.layers().values()) {
      layer.weight().setRequiresGradient(true);
      NDArray bias = layer.bias();
      if (bias != null) {
        bias.setRequiresGradient(true);
      }
    }
    structures.add(structure);
    leaves.add(dense);
    return StructureMasks.ofMagnitudes(net.space(), structure, dense, scope).apply(dense, scope);
  }

  /** The parameters' gradients, after the loss of every structure has gone back. */
  public Gradients gradients() {
    Gradients gradients = new Gradients();
    for (WeightSource source : net.sources()) {
      List<Use> uses = new ArrayList<>();
      for (int i = 0; i < structures.size(); i++) {
        uses.add(new Use(structures.get(i), padding, leaves.get(i).of(source.node())));
      }
      source.backward(uses, gradients, scope);
    }
    return gradients;
  }
}
