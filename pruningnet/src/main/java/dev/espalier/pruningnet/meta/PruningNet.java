package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Gives every structure of a search space its weights, from "MetaPruning: Meta Learning for
 * Automatic Neural Network Channel Pruning" (2019). Each convolution has a small generator network
 * that reads the width ratios around the layer; linear layers are plain learned weights, cropped;
 * batch norm has no learned scale and shift.
 *
 * <p>Reading weights is safe from several threads at once, as long as nobody trains. Owns its
 * parameters' native memory until closed.
 */
public final class PruningNet implements AutoCloseable {

  private final SearchSpace space;
  private final NDManager memory;
  private final Map<Integer, WeightSource> sources = new TreeMap<>();

  private PruningNet(SearchSpace space) {
    this.space = space;
    this.memory = Torch.scope();
    Network network = space.network();
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.Conv) {
        sources.put(node.index(), new Generator(space, node, memory));
      } else if (node.layer() instanceof Layer.Linear) {
        sources.put(node.index(), new CroppedLayer(space, node, memory));
      }
    }
  }

  /** An untrained PruningNet; the same seed gives the same parameters. */
  public static PruningNet untrained(SearchSpace space, RandomStreams streams) {
    PruningNet net = new PruningNet(space);
    net.sources.values().forEach(source -> source.initialize(streams));
    return net;
  }

  /** A PruningNet of zeros, to be filled from a file. */
  static PruningNet blank(SearchSpace space) {
    return new PruningNet(space);
  }

  /** The structures that this PruningNet serves. */
  public SearchSpace space() {
    return space;
  }

  /** All that is learned, in a fixed order. */
  public List<Parameter> parameters() {
    return sources.values().stream().flatMap(source -> source.parameters().stream()).toList();
  }

  /**
   * The weights of {@code space().apply(structure)}. Generate them once per structure, not once per
   * batch. Under a gradient collector, gradients flow to the parameters that ask for them.
   *
   * @param structure a structure of this space, or an {@link IllegalArgumentException}
   * @param scope owns the arrays
   */
  public Weights weights(Structure structure, NDManager scope) {
    space.check(structure);
    Map<Integer, LayerWeights> layers = new HashMap<>();
    sources.forEach((node, source) -> layers.put(node, source.weights(structure, scope)));
    return new Weights(layers);
  }

  @Override
  public void close() {
    memory.close();
  }
}
