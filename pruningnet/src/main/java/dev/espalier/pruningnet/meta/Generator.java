package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates the kernel of one convolution: kernel = W2 relu(W1 v + b1) + b2, cropped, where v are
 * the ratios that the layer sees, W1 is h x |v| and W2 has one row per value of the full kernel
 * (out x in/groups x k x k, in that order). From "MetaPruning: Meta Learning for Automatic Neural
 * Network Channel Pruning" (2019).
 *
 * <p>b2 starts as an ordinary random kernel and W2 small, so that training starts from one kernel
 * shared by all structures, which the structure then modulates.
 */
final class Generator implements WeightSource {

  private final SearchSpace space;
  private final Node node;
  private final Shape full;
  private final Parameter w1;
  private final Parameter b1;
  private final Parameter w2;
  private final Parameter b2;
  private final @Nullable Parameter bias;

  Generator(SearchSpace space, Node node, NDManager scope) {
    Layer.Conv conv = (Layer.Conv) node.layer();
    int hidden = Hidden.width(space, node);
    this.space = space;
    this.node = node;
    this.full =
        new Shape(
            conv.out(),
            space.network().inputOf(node).channels() / conv.groups(),
            conv.kernel(),
            conv.kernel());
    int ratios = space.context(node.index()).size();
    this.w1 = Parameter.zeros(node.name() + ".hidden.weight", new Shape(hidden, ratios), scope);
    this.b1 = Parameter.zeros(node.name() + ".hidden.bias", new Shape(hidden), scope);
    this.w2 =
        Parameter.zeros(node.name() + ".kernel.weight", new Shape(full.size(), hidden), scope);
    this.b2 = Parameter.zeros(node.name() + ".kernel.bias", new Shape(full.size()), scope);
    this.bias =
        conv.bias() && !Hidden.feedsOnlyBatchNorm(space.network(), node)
            ? Parameter.zeros(node.name() + ".bias", new Shape(conv.out()), scope)
            : null;
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(w1, b1, w2, b2) : List.of(w1, b1, w2, b2, bias);
  }

  @Override
  public void initialize(RandomStreams streams) {
    // Linear's usual start for the small first layer: uniform in +-1/sqrt(inputs).
    double bound = 1 / Math.sqrt(w1.array().getShape().get(1));
    Initial.uniform(w1, bound, streams);
    Initial.uniform(b1, bound, streams);
    double kaiming = Math.sqrt(2.0 / (full.get(1) * full.get(2) * full.get(3)));
    Initial.normal(b2, kaiming, streams);
    Initial.normal(w2, MODULATION * kaiming / Math.sqrt(b1.size()), streams);
  }

  /** Start of the structure-dependent part, as a share of the shared kernel's deviation. */
  private static final double MODULATION = 0.1;

  @Override
  public LayerWeights weights(Structure structure, NDManager scope) {
    Crop crop = Crop.of(space, node, structure);
    long rows = crop.outEnd() * full.size() / full.get(0);
    NDIndex leading = new NDIndex().addSliceDim(0, rows);
    try (NDArray hidden = hidden(structure, scope);
        NDArray weight = w2.array().get(leading);
        NDArray shared = b2.array().get(leading);
        NDArray flat =
            hidden.getNDArrayInternal().linear(hidden, weight, shared).singletonOrThrow();
        NDArray kernel = flat.reshape(crop.outEnd(), full.get(1), full.get(2), full.get(3))) {
      return new LayerWeights(
          crop.apply(kernel, scope), bias == null ? null : crop.applyToBias(bias.array(), scope));
    }
  }

  /** 1 x h: the hidden layer's output for a structure. */
  NDArray hidden(Structure structure, NDManager scope) {
    try (NDArray ratios = ratios(structure, scope);
        NDArray linear =
            ratios.getNDArrayInternal().linear(ratios, w1.array(), b1.array()).singletonOrThrow()) {
      return Activation.relu(linear);
    }
  }

  /** 1 x |v|: the ratios that this layer sees. */
  NDArray ratios(Structure structure, NDManager scope) {
    List<Integer> context = space.context(node.index());
    float[] values = new float[context.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) space.ratio(structure, context.get(i));
    }
    return scope.create(values, new Shape(1, values.length));
  }
}
