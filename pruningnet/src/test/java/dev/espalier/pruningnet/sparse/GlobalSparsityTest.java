package dev.espalier.pruningnet.sparse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class GlobalSparsityTest {

  private static final Network NETWORK = TinyNetworks.residual();

  @Test
  void of_scores_keepsSoManyOfTheLargestOfAllLayers() {
    try (SparseNetwork network =
        SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(3))) {
      Sparsity sparsity = GlobalSparsity.of(NETWORK, network.scores(), 0.2);

      List<Node> layers = NETWORK.layersWithWeights();
      long all = 0;
      long kept = 0;
      double smallestKept = Double.POSITIVE_INFINITY;
      double largestDropped = 0;
      for (int i = 0; i < layers.size(); i++) {
        Parameter scores = network.scores().parameters().get(i);
        float[] sorted = scores.array().toFloatArray();
        Arrays.sort(sorted);
        int left = sparsity.kept(layers.get(i), sorted.length);
        all += sorted.length;
        kept += left;
        smallestKept = Math.min(smallestKept, sorted[sorted.length - left]);
        largestDropped =
            Math.max(largestDropped, left < sorted.length ? sorted[sorted.length - left - 1] : 0);
      }
      assertThat(kept).isEqualTo(Math.round(0.2 * all));
      assertThat(smallestKept).isGreaterThanOrEqualTo(largestDropped);
    }
  }

  @Test
  void of_layerOfLowScores_keepsOne() {
    try (SparseNetwork network =
        SparseNetwork.untrained(NETWORK, Granularity.WEIGHT, new RandomStreams(3))) {
      Parameter first = network.scores().parameters().get(0);
      first.set(0, new float[(int) first.size()], (int) first.size());

      Sparsity sparsity = GlobalSparsity.of(NETWORK, network.scores(), 0.1);

      Node layer = NETWORK.layersWithWeights().get(0);
      assertThat(sparsity.kept(layer, (int) first.size())).isEqualTo(1);
    }
  }
}
