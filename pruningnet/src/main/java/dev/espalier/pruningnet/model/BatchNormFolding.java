package dev.espalier.pruningnet.model;

import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.ScaleShift;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Node;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The same function with fewer layers: a batch norm right behind a convolution that nothing else
 * reads goes into that convolution's weights and bias, W s and b s + t with s and t of {@link
 * ScaleShift}. Other batch norms stay.
 */
final class BatchNormFolding {

  private final TrainedNetwork trained;
  private final Network network;
  private final Map<Integer, Node> normOf = new HashMap<>();

  BatchNormFolding(TrainedNetwork trained) {
    this.trained = trained;
    this.network = trained.network();
    int[] readers = new int[network.nodes().size()];
    network.nodes().forEach(node -> node.inputs().forEach(input -> readers[input]++));
    for (Node norm : TrainedNetwork.normalizations(network)) {
      if (network.node(norm.input()).layer() instanceof Layer.Conv && readers[norm.input()] == 1) {
        normOf.put(norm.input(), norm);
      }
    }
  }

  /** The folded network, with memory of its own. */
  TrainedNetwork run() {
    NetworkBuilder builder = new NetworkBuilder(network.name(), network.input());
    int[] place = new int[network.nodes().size()];
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      place[node.index()] =
          normOf.containsValue(node)
              ? place[node.input()]
              : builder.add(
                  node.name(),
                  normOf.containsKey(node.index())
                      ? ((Layer.Conv) node.layer()).withBias()
                      : node.layer(),
                  node.inputs().stream().map(input -> place[input]).toList());
    }
    NetworkParameters folded = NetworkParameters.zeros(builder.build());
    fill(folded);
    Map<Integer, Moments> moments = new TreeMap<>();
    for (Node norm : TrainedNetwork.normalizations(network)) {
      if (!normOf.containsValue(norm)) {
        moments.put(place[norm.index()], trained.statistics().of(norm));
      }
    }
    return new TrainedNetwork(
        folded, new Statistics(moments), trained.images(), trained.provenance());
  }

  private void fill(NetworkParameters folded) {
    Map<String, Parameter> parameters = new HashMap<>();
    folded.weightParameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    for (Node node : network.nodes()) {
      LayerWeights layer = trained.weights().find(node);
      if (layer == null || normOf.containsValue(node)) {
        continue;
      }
      float[] weight = layer.weight().toFloatArray();
      float @Nullable [] bias = layer.bias() == null ? null : layer.bias().toFloatArray();
      Node norm = normOf.get(node.index());
      if (norm != null) {
        ScaleShift affine =
            ScaleShift.of(trained.statistics().of(norm), trained.weights().find(norm));
        bias = bias == null ? new float[affine.scale().length] : bias;
        int inputs = weight.length / bias.length;
        for (int i = 0; i < weight.length; i++) {
          weight[i] = (float) (weight[i] * affine.scale()[i / inputs]);
        }
        for (int i = 0; i < bias.length; i++) {
          bias[i] = (float) (bias[i] * affine.scale()[i] + affine.shift()[i]);
        }
      }
      set(parameters.get(node.name() + ".weight"), weight);
      set(parameters.get(node.name() + ".bias"), bias);
    }
  }

  private static void set(@Nullable Parameter parameter, float @Nullable [] values) {
    if (parameter != null && values != null) {
      parameter.set(0, values, values.length);
    }
  }
}
