package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.util.List;

/** Where one layer's weights come from. */
sealed interface WeightSource permits Generator, CroppedLayer {

  /** The layer. */
  Node node();

  /** What is learned. */
  List<Parameter> parameters();

  /** Gives the parameters their first values; each draws from a stream of its own name. */
  void initialize(RandomStreams streams);

  /** The layer's weights in the network pruned to a structure and padded, in a scope. */
  LayerWeights weights(Structure structure, Padding padding, NDManager scope);

  /** The chain rule from gradients of generated weights to those of the parameters. */
  void backward(List<Use> uses, Gradients gradients, NDManager scope);
}
