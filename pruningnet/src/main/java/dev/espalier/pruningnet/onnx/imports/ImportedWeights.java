package dev.espalier.pruningnet.onnx.imports;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Network;
import java.util.HashMap;
import java.util.Map;

/** Weights by the names of their layers while a graph is read. Not thread-safe. */
final class ImportedWeights {

  private final Map<String, float[]> values = new HashMap<>();
  private final Map<Integer, Moments> moments = new HashMap<>();

  void weight(String layer, float[] weight) {
    values.put(layer + ".weight", weight);
  }

  void bias(String layer, float[] bias) {
    values.put(layer + ".bias", bias);
  }

  /** Statistics of a batch norm that adds its own epsilon to the variance. */
  void statistics(int layer, float[] mean, float[] variance, float epsilon) {
    float[] shifted = new float[variance.length];
    for (int i = 0; i < shifted.length; i++) {
      shifted[i] = (float) (variance[i] + ((double) epsilon - Normalization.EPSILON));
    }
    moments.put(layer, new Moments(mean, shifted));
  }

  /** The weights of the finished graph, in memory of their own. */
  NetworkParameters parameters(Network network) {
    NetworkParameters parameters = NetworkParameters.zeros(network);
    for (Parameter parameter : parameters.weightParameters()) {
      float[] found = values.get(parameter.name());
      if (found == null || found.length != parameter.size()) {
        parameters.close();
        throw new IllegalStateException(
            "%s: expected %d values".formatted(parameter.name(), parameter.size()));
      }
      parameter.set(0, found, found.length);
    }
    return parameters;
  }

  Statistics statistics() {
    return new Statistics(moments);
  }
}
