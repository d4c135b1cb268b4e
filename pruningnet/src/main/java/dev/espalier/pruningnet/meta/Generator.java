package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Generates the kernel of one convolution: kernel = W2 a + b2, cropped, with a = relu(W1 v + b1) /
 * sqrt(h), where v are the ratios that the layer sees, W1 is h x |v| and W2 has one row per value
 * of the full kernel (out x in/groups x k x k, in that order). From "MetaPruning: Meta Learning for
 * Automatic Neural Network Channel Pruning" (2019).
 *
 * <p>b2 starts as an ordinary random kernel and W2 small, so that training starts from one kernel
 * shared by all structures, which the structure then modulates. A step of size r on W2 and b2 moves
 * the kernel by r (1 + |a|^2) times its gradient; dividing by sqrt(h) keeps |a|^2 below 1, so that
 * a PruningNet learns at the step sizes of a plain network.
 */
final class Generator implements WeightSource {

  /** Start of the structure-dependent part, as a share of the shared kernel's deviation. */
  private static final double MODULATION = 0.1;

  private final SearchSpace space;
  private final Node node;
  private final Shape full;
  private final Parameter w1;
  private final Parameter b1;
  private final Parameter w2;
  private final Parameter b2;
  private final @Nullable Parameter bias;

  Generator(SearchSpace space, Node node, int plain, NDManager scope) {
    Layer.Conv conv = (Layer.Conv) node.layer();
    int hidden = GeneratorRules.hidden(space, node, plain);
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
        conv.bias() && !GeneratorRules.feedsOnlyBatchNorm(space.network(), node)
            ? Parameter.zeros(node.name() + ".bias", new Shape(conv.out()), scope)
            : null;
  }

  @Override
  public Node node() {
    return node;
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
    Initial.normal(w2, MODULATION * kaiming, streams);
  }

  @Override
  public LayerWeights weights(Structure structure, Padding padding, NDManager scope) {
    Crop crop = Crop.of(space, node, structure, padding);
    // Rows are in the order of the output channels: those behind the last kept one are not needed.
    NDIndex leading = new NDIndex().addSliceDim(0, crop.outEnd() * full.size() / full.get(0));
    try (NDArray hidden = hidden(structure, scope);
        NDArray vector = hidden.reshape(-1);
        NDArray weight = w2.array().get(leading);
        NDArray shared = b2.array().get(leading);
        // A product with a vector: ten times faster here than with a matrix of one row.
        NDArray modulation = weight.matMul(vector);
        NDArray flat = modulation.add(shared);
        NDArray kernel = flat.reshape(crop.outEnd(), full.get(1), full.get(2), full.get(3))) {
      return new LayerWeights(
          crop.apply(kernel, scope), bias == null ? null : crop.applyToBias(bias.array(), scope));
    }
  }

  @Override
  public void backward(List<Use> uses, Gradients gradients, NDManager scope) {
    NDList ratios = new NDList();
    NDList hidden = new NDList();
    NDList kernels = new NDList();
    for (Use use : uses) {
      ratios.add(ratios(use.structure(), scope));
      hidden.add(hidden(use.structure(), scope));
      NDArray kernel = use.leaves().weight().getGradient();
      Crop crop = Crop.of(space, node, use.structure(), use.padding());
      kernels.add(crop.scatter(kernel, full, scope).reshape(-1, 1));
    }
    NDArray v = NDArrays.concat(ratios, 0);
    NDArray a = NDArrays.concat(hidden, 0);
    NDArray k = NDArrays.concat(kernels, 1);
    NDArray beforeRelu = k.transpose().matMul(w2.array()).mul(a.sign()).mul(scale());
    gradients.put(w2, new Gradient.LowRank(k, a));
    gradients.put(b2, new Gradient.Dense(k.sum(new int[] {1})));
    gradients.put(w1, new Gradient.Dense(beforeRelu.transpose().matMul(v)));
    gradients.put(b1, new Gradient.Dense(beforeRelu.sum(new int[] {0})));
    if (bias != null) {
      gradients.put(bias, CroppedLayer.biasGradient(uses, space, node, bias, scope));
    }
  }

  /** 1 x h: a, the scaled output of the hidden layer for a structure. */
  NDArray hidden(Structure structure, NDManager scope) {
    try (NDArray ratios = ratios(structure, scope);
        NDArray linear =
            ratios.getNDArrayInternal().linear(ratios, w1.array(), b1.array()).singletonOrThrow();
        NDArray relu = Activation.relu(linear)) {
      return relu.mul(scale());
    }
  }

  private double scale() {
    return 1 / Math.sqrt(b1.size());
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
