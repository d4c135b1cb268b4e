package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A plain network that learns weights of its own, from scratch or on from given ones. Batch norm
 * has scale and shift where the network says so; its statistics are measured afterwards. Owns its
 * parameters' native memory until closed.
 */
public final class NetworkTrainee implements Trainee, AutoCloseable {

  private final Network network;
  private final Forward forward;
  private final NDManager memory = Torch.scope();
  private final Map<Integer, LayerParameters> layers = new TreeMap<>();

  /** What a layer learns. */
  private record LayerParameters(Parameter weight, @Nullable Parameter bias) {}

  private NetworkTrainee(Network network) {
    this.network = network;
    this.forward = Forward.of(network);
    for (Node node : network.nodes()) {
      int out = node.output().channels();
      if (node.layer() instanceof Layer.Conv conv) {
        int in = network.inputOf(node).channels() / conv.groups();
        add(node, new Shape(out, in, conv.kernel(), conv.kernel()), conv.bias());
      } else if (node.layer() instanceof Layer.Linear linear) {
        add(node, new Shape(out, network.inputOf(node).channels()), linear.bias());
      } else if (node.layer() instanceof Layer.BatchNorm norm && norm.affine()) {
        add(node, new Shape(out), true);
      }
    }
  }

  /** A network with random weights; the same streams give the same ones. */
  public static NetworkTrainee untrained(Network network, RandomStreams streams) {
    NetworkTrainee trainee = new NetworkTrainee(network);
    trainee.layers.forEach((node, layer) -> initialize(network.node(node), layer, streams));
    return trainee;
  }

  /**
   * A network that learns on from given weights, which are copied. Batch norm without weights
   * starts with scale 1 and shift 0, and a missing bias with 0, which changes nothing.
   */
  public static NetworkTrainee of(Network network, Weights weights) {
    NetworkTrainee trainee = new NetworkTrainee(network);
    trainee.layers.forEach(
        (index, layer) -> {
          Node node = network.node(index);
          LayerWeights given = weights.find(node);
          if (given != null) {
            copy(given.weight(), layer.weight());
            copy(given.bias(), layer.bias());
          } else if (node.layer() instanceof Layer.BatchNorm) {
            Initial.constant(layer.weight(), 1);
          } else {
            throw new IllegalArgumentException("no weights for node '%s'".formatted(node.name()));
          }
        });
    return trainee;
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** The weights as they are now: they change while training goes on. */
  public Weights weights() {
    Map<Integer, LayerWeights> weights = new HashMap<>();
    layers.forEach(
        (node, layer) ->
            weights.put(
                node,
                new LayerWeights(
                    layer.weight().array(), layer.bias() == null ? null : layer.bias().array())));
    return new Weights(weights);
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (LayerParameters layer : layers.values()) {
      parameters.add(layer.weight());
      if (layer.bias() != null) {
        parameters.add(layer.bias());
      }
    }
    return parameters;
  }

  @Override
  public String digest() {
    return Sha256.of("network " + network.describe());
  }

  @Override
  public Lesson lesson(long step, NDManager scope) {
    Map<Integer, LayerWeights> leaves = new HashMap<>();
    layers.forEach(
        (node, layer) ->
            leaves.put(
                node,
                new LayerWeights(
                    leaf(layer.weight(), scope),
                    layer.bias() == null ? null : leaf(layer.bias(), scope))));
    Weights weights = new Weights(leaves);
    return new Lesson(List.of(new Lesson.Pass(forward, weights)), 0, () -> gradients(weights));
  }

  @Override
  public void close() {
    memory.close();
  }

  private void add(Node node, Shape shape, boolean bias) {
    Parameter weight = Parameter.zeros(node.name() + ".weight", shape, memory);
    Parameter shift =
        bias ? Parameter.zeros(node.name() + ".bias", new Shape(shape.get(0)), memory) : null;
    layers.put(node.index(), new LayerParameters(weight, shift));
  }

  private static void initialize(Node node, LayerParameters layer, RandomStreams streams) {
    if (node.layer() instanceof Layer.BatchNorm) {
      Initial.constant(layer.weight(), 1);
      return;
    }
    long inputs = layer.weight().size() / layer.weight().array().getShape().get(0);
    if (node.layer() instanceof Layer.Conv) {
      Initial.normal(layer.weight(), Math.sqrt(2.0 / inputs), streams);
    } else {
      Initial.uniform(layer.weight(), 1 / Math.sqrt(inputs), streams);
    }
  }

  private static void copy(@Nullable NDArray from, @Nullable Parameter to) {
    if (from != null && to != null) {
      float[] values = from.toFloatArray();
      to.set(0, values, values.length);
    }
  }

  /** The same memory, with a gradient of its own that goes with the step. */
  private static NDArray leaf(Parameter parameter, NDManager scope) {
    NDArray leaf = parameter.array().stopGradient();
    leaf.attach(scope);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private Gradients gradients(Weights leaves) {
    Gradients gradients = new Gradients();
    layers.forEach(
        (node, layer) -> {
          LayerWeights leaf = leaves.of(network.node(node));
          gradients.put(layer.weight(), new Gradient.Dense(leaf.weight().getGradient()));
          if (layer.bias() != null && leaf.bias() != null) {
            gradients.put(layer.bias(), new Gradient.Dense(leaf.bias().getGradient()));
          }
        });
    return gradients;
  }
}
