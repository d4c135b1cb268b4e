package dev.espalier.pruningnet.training.trainee;

import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.search.network.Network;
import java.util.HashMap;
import java.util.Map;

/** The cross-entropy of a network by plain loops in double precision. */
public final class RelaxedLoss {

  private final Network network;
  private final double[][] images;
  private final double[][] targets;

  /** A loss over a batch. */
  public RelaxedLoss(Network network, double[][] images, double[][] targets) {
    this.network = network;
    this.images = images;
    this.targets = targets;
  }

  /** Copies weights into double precision. */
  public static Map<Integer, ReferenceForward.Arrays> arrays(Weights weights) {
    Map<Integer, ReferenceForward.Arrays> arrays = new HashMap<>();
    weights.layers().forEach((node, layer) -> arrays.put(node, arrays(layer)));
    return arrays;
  }

  private static ReferenceForward.Arrays arrays(LayerWeights layer) {
    return new ReferenceForward.Arrays(
        doubles(layer.weight().toFloatArray()),
        layer.bias() == null ? new double[0] : doubles(layer.bias().toFloatArray()));
  }

  private static double[] doubles(float[] values) {
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }

  /** The mean loss over the batch. */
  public double of(Map<Integer, ReferenceForward.Arrays> weights) {
    double[][] scores = new ReferenceForward(network, weights, Map.of()).run(images);
    double sum = 0;
    for (int i = 0; i < scores.length; i++) {
      double all = 0;
      for (double score : scores[i]) {
        all += Math.exp(score);
      }
      for (int k = 0; k < scores[i].length; k++) {
        sum -= targets[i][k] * (scores[i][k] - Math.log(all));
      }
    }
    return sum / scores.length;
  }
}
