package dev.espalier.pruningnet.scoring.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.RecordingNormalization;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkProgramTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final int BATCH = 6;

  @BeforeAll
  static void oneThread() {
    Torch.threads(1);
  }

  static Stream<Arguments> programs() {
    return Stream.of("resnet20", "mobilenetv2", "vgg16", "densenet40")
        .flatMap(
            name ->
                Stream.of(MemoryFormat.values())
                    .flatMap(
                        format ->
                            Stream.of(Kernels.values())
                                .map(kernels -> Arguments.of(name, format, kernels))));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void program_anyNetworkAndStructure_equalsLayerByLayer(
      String name, MemoryFormat format, Kernels kernels) {
    SearchSpace space = SearchSpace.of(Zoo.network(name, IMAGE, 10), RatioGrid.METAPRUNING);
    RandomStreams streams = new RandomStreams(7);
    try (NetworkProgram program = NetworkProgram.of(space.network(), format, kernels)) {
      for (int i = 0; i < 2; i++) {
        Network pruned = space.apply(space.random(streams.stream("structure", i)));
        try (NDManager scope = Torch.scope()) {
          Weights weights = RandomWeights.of(pruned, streams.stream("weights", i), scope);
          check(program, pruned, weights, scope);
        }
      }
    }
  }

  private static void check(
      NetworkProgram program, Network pruned, Weights weights, NDManager scope) {
    NDArray images =
        scope
            .randomNormal(new ai.djl.ndarray.types.Shape(BATCH, 3, 32, 32))
            .toType(ai.djl.ndarray.types.DataType.FLOAT32, false);
    RecordingNormalization recording = new RecordingNormalization();
    Forward forward = Forward.of(pruned);
    forward.run(images, weights, recording);
    Statistics expected = recording.statistics();
    Statistics found;
    try (PreparedWeights arguments = program.forRecalibration(pruned, weights)) {
      found = program.recalibrate(images, arguments);
    }
    assertThat(found.layers()).hasSameSizeAs(expected.layers());
    for (Node node : pruned.nodes()) {
      if (expected.layers().containsKey(node.index())) {
        checkMoments(node, found.of(node), expected.of(node));
      }
    }
    NDArray reference = forward.run(images, weights, Normalization.given(expected, scope));
    try (PreparedWeights arguments = program.forScoring(pruned, weights, expected)) {
      NDArray scores = program.score(images, arguments);
      float largest = reference.abs().max().getFloat();
      assertThat(scores.sub(reference).abs().max().getFloat()).isLessThan(1e-4f * largest);
      assertThat(scores.argMax(1).toLongArray()).isEqualTo(reference.argMax(1).toLongArray());
      assertThat(program.score(images, arguments).toFloatArray()).isEqualTo(scores.toFloatArray());
    }
  }

  private static void checkMoments(Node node, Moments found, Moments expected) {
    float[] mean = expected.mean();
    float[] variance = expected.variance();
    for (int c = 0; c < mean.length; c++) {
      double deviation = Math.sqrt(variance[c]);
      assertThat((double) found.mean()[c])
          .as("mean of channel %d of %s", c, node.name())
          .isCloseTo(mean[c], within(1e-3 * deviation + 1e-6));
      assertThat(Math.sqrt(found.variance()[c]))
          .as("deviation of channel %d of %s", c, node.name())
          .isCloseTo(deviation, within(1e-3 * deviation + 1e-6));
    }
  }
}
