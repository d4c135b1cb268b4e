package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.sparse.StructureMasks;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives every structure of a search space its weights, from "MetaPruning: Meta Learning for
 * Automatic Neural Network Channel Pruning" (2019). Each convolution has a small generator network
 * that reads the width ratios around the layer; linear layers are plain learned weights, cropped;
 * batch norm has no learned scale and shift. Where a structure keeps a fraction of a layer's
 * weights, those are the ones with the largest magnitudes.
 *
 * <p>Reading weights is safe from several threads at once, as long as nobody trains. Owns its
 * parameters' native memory until closed.
 */
public final class PruningNet implements AutoCloseable {

  private final SearchSpace space;
  private final int hidden;
  private final NDManager memory;
  private final List<WeightSource> sources;

  private PruningNet(SearchSpace space, int hidden) {
    this.space = space;
    this.hidden = hidden;
    this.memory = Torch.scope();
    List<WeightSource> sources = new ArrayList<>();
    for (Node node : space.network().nodes()) {
      if (node.layer() instanceof Layer.Conv) {
        sources.add(new Generator(space, node, hidden, memory));
      } else if (node.layer() instanceof Layer.Linear) {
        sources.add(new CroppedLayer(space, node, memory));
      }
    }
    this.sources = List.copyOf(sources);
  }

  /**
   * An untrained PruningNet; the same streams give the same parameters.
   *
   * @param hidden width of the generators' hidden layers, 32 in the paper; inverted bottlenecks
   *     have twice as many
   */
  public static PruningNet untrained(SearchSpace space, int hidden, RandomStreams streams) {
    PruningNet net = blank(space, hidden);
    net.sources.forEach(source -> source.initialize(streams));
    return net;
  }

  /** A PruningNet of zeros, to be filled from a file. */
  static PruningNet blank(SearchSpace space, int hidden) {
    return new PruningNet(space, hidden);
  }

  /** The structures that this PruningNet serves. */
  public SearchSpace space() {
    return space;
  }

  /** Width of the generators' hidden layers; inverted bottlenecks have twice as many. */
  public int hidden() {
    return hidden;
  }

  /** All that is learned, in a fixed order. */
  public List<Parameter> parameters() {
    return sources.stream().flatMap(source -> source.parameters().stream()).toList();
  }

  /**
   * The weights of {@code space().apply(structure)}; those that the structure drops are 0. Generate
   * them once per structure, not once per batch. Under a gradient collector, gradients flow to the
   * parameters that ask for them.
   *
   * @param structure a structure of this space, or an {@link IllegalArgumentException}
   * @param scope owns the arrays
   */
  public Weights weights(Structure structure, NDManager scope) {
    return weights(structure, Padding.NONE, scope);
  }

  /** The weights of {@code padding.network(space(), structure)}, as above. */
  public Weights weights(Structure structure, Padding padding, NDManager scope) {
    Weights dense = dense(structure, padding, scope);
    return StructureMasks.ofMagnitudes(space, structure, dense, scope).apply(dense, scope);
  }

  /** All weights, also those that the structure drops. */
  Weights dense(Structure structure, Padding padding, NDManager scope) {
    space.check(structure);
    Map<Integer, LayerWeights> layers = new HashMap<>();
    for (WeightSource source : sources) {
      layers.put(source.node().index(), source.weights(structure, padding, scope));
    }
    return new Weights(layers);
  }

  /**
   * Starts to follow what one training step does with weights.
   *
   * @param padding of all weights of the step
   * @param scope memory of the step
   */
  public WeightTape tape(Padding padding, NDManager scope) {
    return new WeightTape(this, padding, scope);
  }

  List<WeightSource> sources() {
    return sources;
  }

  @Override
  public void close() {
    memory.close();
  }
}
