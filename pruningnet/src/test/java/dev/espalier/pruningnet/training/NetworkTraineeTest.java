package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.meta.Padding;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkTraineeTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);

  @TempDir Path folder;

  @Test
  void of_generatedWeights_startsWithTheirScores() {
    Structure structure = SPACE.uniform(14);
    Network pruned = SPACE.apply(structure);
    try (PruningNet net = PruningNet.untrained(SPACE, 4, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Weights generated = net.weights(structure, scope);
      NDArray images = scope.randomNormal(new Shape(3, 3, TinyNetworks.SIDE, TinyNetworks.SIDE));
      try (NetworkTrainee trainee = NetworkTrainee.of(pruned, generated)) {
        Forward forward = Forward.of(pruned);
        assertThat(forward.run(images, trainee.weights(), Normalization.batch()).toFloatArray())
            .containsExactly(forward.run(images, generated, Normalization.batch()).toFloatArray());
      }
    }
  }

  @Test
  void of_weightsOfAnotherNetwork_namesTheLayerThatLacksThem() {
    assertThatThrownBy(() -> NetworkTrainee.of(SPACE.network(), new Weights(Map.of())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'stem'");
  }

  @Test
  void training_ofAPaddedNetwork_leavesItsPaddingAtZero() {
    Padding padding = new Padding(3);
    Structure structure = SPACE.uniform(14);
    Network padded = padding.network(SPACE, structure);
    Network exact = SPACE.apply(structure);
    try (PruningNet net = PruningNet.untrained(SPACE, 4, new RandomStreams(1));
        NDManager scope = Torch.scope();
        NetworkTrainee trainee =
            NetworkTrainee.of(padded, net.weights(structure, padding, scope))) {
      TrainingSettings settings =
          new TrainingSettings(
              3,
              16,
              0.1,
              PruningNetSpec.Schedule.LINEAR,
              0.9,
              1e-3,
              0.1,
              Augmentation.NONE,
              MemoryFormat.CHANNELS_FIRST,
              1);
      TrainingData data = ColouredImages.of(folder, 32);
      try (Trainer trainer = Trainer.of(trainee, data, settings, 1, TrainingListener.SILENT)) {
        trainer.train();
      }
      boolean anyPadding = false;
      for (Node node : exact.nodes()) {
        if (node.layer() instanceof Layer.Conv conv) {
          LayerWeights layer = trainee.weights().of(node);
          int in = exact.inputOf(node).channels();
          Shape kernel = new Shape(conv.out(), in, conv.kernel(), conv.kernel());
          NDArray outside = layer.weight().duplicate();
          outside.set(new NDIndex().addSliceDim(0, conv.out()).addSliceDim(0, in), 0);
          assertThat(outside.abs().sum().getFloat()).as(node.name()).isZero();
          anyPadding |= !layer.weight().getShape().equals(kernel);
        }
      }
      assertThat(anyPadding).isTrue();
    }
  }
}
