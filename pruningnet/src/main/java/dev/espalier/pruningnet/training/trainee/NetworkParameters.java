package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All that a network can learn: weights and biases of its layers, scale and shift of batch norm
 * where the network says so, and the alphas of each choice. Owns their native memory until closed.
 */
public final class NetworkParameters implements AutoCloseable {

  /** Of the alphas at the start, as in "DARTS: Differentiable Architecture Search" (2019). */
  private static final double ALPHA_DEVIATION = 1e-3;

  private final Network network;
  private final NDManager memory = Torch.scope();
  private final Map<Integer, LayerParameters> layers = new TreeMap<>();
  private final Map<String, Parameter> alphas = new LinkedHashMap<>();

  /** What a layer learns. */
  private record LayerParameters(Parameter weight, @Nullable Parameter bias) {}

  private NetworkParameters(Network network) {
    this.network = network;
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
    network
        .choices()
        .forEach(
            (choice, options) -> {
              Shape shape = new Shape(options.size());
              alphas.put(choice, Parameter.zeros("alphas." + choice, shape, memory));
            });
  }

  private void add(Node node, Shape shape, boolean bias) {
    Parameter weight = Parameter.zeros(node.name() + ".weight", shape, memory);
    Parameter shift =
        bias ? Parameter.zeros(node.name() + ".bias", new Shape(shape.get(0)), memory) : null;
    layers.put(node.index(), new LayerParameters(weight, shift));
  }

  /** Values of zero, to be filled in. */
  public static NetworkParameters zeros(Network network) {
    return new NetworkParameters(network);
  }

  /** Random values; the same streams give the same ones. */
  public static NetworkParameters untrained(Network network, RandomStreams streams) {
    NetworkParameters parameters = new NetworkParameters(network);
    parameters.layers.forEach((node, layer) -> initialize(network.node(node), layer, streams));
    parameters.alphas.values().forEach(a -> Initial.normal(a, ALPHA_DEVIATION, streams));
    return parameters;
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

  /**
   * Copies of given weights. Batch norm without weights gets scale 1 and shift 0, a missing bias 0,
   * which changes nothing, and alphas 0.
   */
  public static NetworkParameters of(Network network, Weights weights) {
    NetworkParameters parameters = new NetworkParameters(network);
    parameters.layers.forEach(
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
    return parameters;
  }

  private static void copy(@Nullable NDArray from, @Nullable Parameter to) {
    if (from != null && to != null) {
      float[] values = from.toFloatArray();
      to.set(0, values, values.length);
    }
  }

  /** The network. */
  public Network network() {
    return network;
  }

  /** What the layers learn, in the order of the network. */
  public List<Parameter> weightParameters() {
    List<Parameter> parameters = new ArrayList<>();
    for (LayerParameters layer : layers.values()) {
      parameters.add(layer.weight());
      if (layer.bias() != null) {
        parameters.add(layer.bias());
      }
    }
    return parameters;
  }

  /** The alphas of each choice, in the order of the network; of a plain network none. */
  public List<Parameter> alphaParameters() {
    return List.copyOf(alphas.values());
  }

  /** The alphas as plain numbers. */
  public Alphas alphas() {
    Map<String, List<Double>> choices = new LinkedHashMap<>();
    alphas.forEach(
        (choice, parameter) -> {
          List<Double> values = new ArrayList<>();
          for (float value : parameter.array().toFloatArray()) {
            values.add((double) value);
          }
          choices.put(choice, values);
        });
    return new Alphas(choices);
  }

  /** The values as they are now: they change while training goes on. */
  public Weights weights() {
    return weights(Parameter::array, Parameter::array);
  }

  /**
   * The values as arrays for a forward pass.
   *
   * @param ofWeights the array of a layer's parameter, e.g. a leaf that collects its gradient
   * @param ofAlphas the array of a choice's alphas
   */
  public Weights weights(
      Function<Parameter, NDArray> ofWeights, Function<Parameter, NDArray> ofAlphas) {
    Map<Integer, LayerWeights> weights = new HashMap<>();
    layers.forEach(
        (node, layer) ->
            weights.put(
                node,
                new LayerWeights(
                    ofWeights.apply(layer.weight()),
                    layer.bias() == null ? null : ofWeights.apply(layer.bias()))));
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.Mixture mixture) {
        Parameter alpha = Objects.requireNonNull(alphas.get(mixture.choice()));
        weights.put(node.index(), new LayerWeights(ofAlphas.apply(alpha), null));
      }
    }
    return new Weights(weights);
  }

  @Override
  public void close() {
    memory.close();
  }
}
