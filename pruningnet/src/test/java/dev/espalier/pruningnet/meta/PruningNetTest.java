package dev.espalier.pruningnet.meta;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer.Activation.Function;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
import org.junit.jupiter.api.Test;

class PruningNetTest {

  @Test
  void weights_runThePrunedNetwork() {
    NetworkBuilder builder =
        new NetworkBuilder("tiny", new dev.espalier.search.network.Shape(3, 8, 8));
    int stem =
        builder.activation(
            "relu", builder.batchNorm("bn", builder.conv("conv", 0, 8, 3, 1)), Function.RELU);
    int inner =
        builder.activation(
            "relu1", builder.batchNorm("bn1", builder.conv("conv1", stem, 8, 3, 1)), Function.RELU);
    int outer = builder.batchNorm("bn2", builder.conv("conv2", inner, 8, 3, 1));
    int sum = builder.sum("add", outer, stem);
    int flat = builder.add("flat", new dev.espalier.search.network.Layer.Flatten(), List.of(sum));
    builder.linear("fc", flat, 10);
    Network network = builder.build();
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Structure structure = space.uniform(12);
      Weights weights = net.weights(structure, scope);
      NDArray images = scope.ones(new Shape(4, 3, 8, 8));
      NDArray scores =
          Forward.of(space.apply(structure)).run(images, weights, Normalization.batch());
      assertThat(scores.getShape()).isEqualTo(new Shape(4, 10));
    }
  }
}
