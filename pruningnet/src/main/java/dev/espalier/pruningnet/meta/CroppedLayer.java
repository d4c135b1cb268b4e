package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linear layer: one weight shared by all structures, of which each keeps its rows and columns. A
 * generator would be h times the size of the layer, which for VGG-16 does not fit in memory.
 */
final class CroppedLayer implements WeightSource {

  private final SearchSpace space;
  private final Node node;
  private final Parameter weight;
  private final @Nullable Parameter bias;

  CroppedLayer(SearchSpace space, Node node, NDManager scope) {
    Layer.Linear linear = (Layer.Linear) node.layer();
    int in = space.network().inputOf(node).channels();
    this.space = space;
    this.node = node;
    this.weight = Parameter.zeros(node.name() + ".weight", new Shape(linear.out(), in), scope);
    this.bias =
        linear.bias()
            ? Parameter.zeros(node.name() + ".bias", new Shape(linear.out()), scope)
            : null;
  }

  @Override
  public Node node() {
    return node;
  }

  @Override
  public List<Parameter> parameters() {
    return bias == null ? List.of(weight) : List.of(weight, bias);
  }

  @Override
  public void initialize(RandomStreams streams) {
    double bound = 1 / Math.sqrt(weight.array().getShape().get(1));
    Initial.uniform(weight, bound, streams);
    if (bias != null) {
      Initial.uniform(bias, bound, streams);
    }
  }

  @Override
  public LayerWeights weights(Structure structure, Padding padding, NDManager scope) {
    Crop crop = Crop.of(space, node, structure, padding);
    return new LayerWeights(
        crop.apply(weight.array(), scope),
        bias == null ? null : crop.applyToBias(bias.array(), scope));
  }

  @Override
  public void backward(List<Use> uses, Gradients gradients, NDManager scope) {
    NDArray sum = scope.zeros(weight.array().getShape());
    for (Use use : uses) {
      NDArray kept = use.leaves().weight().getGradient();
      sum.addi(
          Crop.of(space, node, use.structure(), use.padding())
              .scatter(kept, sum.getShape(), scope));
    }
    gradients.put(weight, new Gradient.Dense(sum));
    if (bias != null) {
      gradients.put(bias, biasGradient(uses, space, node, bias, scope));
    }
  }

  /** The sum of the gradients that several structures give a shared bias. */
  static Gradient biasGradient(
      List<Use> uses, SearchSpace space, Node node, Parameter bias, NDManager scope) {
    NDArray sum = scope.zeros(bias.array().getShape());
    for (Use use : uses) {
      NDArray kept = Objects.requireNonNull(use.leaves().bias()).getGradient();
      sum.addi(
          Crop.of(space, node, use.structure(), use.padding())
              .scatterBias(kept, sum.getShape(), scope));
    }
    return new Gradient.Dense(sum);
  }
}
