package dev.espalier.pruningnet.scoring.script;

import static dev.espalier.search.network.Layer.Activation.Function.RELU;
import static dev.espalier.search.network.Layer.Activation.Function.RELU6;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.RecordingNormalization;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The program against its slow reference, {@link Forward}. */
class NetworkProgramTest {

  private static final int BATCH = 6;
  private static final double TOLERANCE = 1e-4;

  @BeforeAll
  static void oneThread() {
    Torch.threads(1);
  }

  static Stream<Arguments> programs() {
    Stream<Network> small =
        Stream.concat(TinyNetworks.all().stream(), Stream.of(sharedBranches(), threeBranches()));
    Stream<Network> zoo =
        Stream.of("resnet20", "mobilenetv2", "vgg16", "densenet40")
            .map(name -> Zoo.network(name, new Shape(3, 32, 32), 10));
    return Stream.concat(
        small.flatMap(
            network ->
                Stream.of(MemoryFormat.values())
                    .flatMap(
                        format ->
                            Stream.of(Kernels.values())
                                .map(kernels -> Arguments.of(network, format, kernels)))),
        zoo.map(network -> Arguments.of(network, MemoryFormat.CHANNELS_LAST, Kernels.best())));
  }

  @ParameterizedTest(name = "{0} {1} {2}")
  @MethodSource("programs")
  void program_ofAnyNetwork_equalsLayerByLayerForItsStructures(
      Network base, MemoryFormat format, Kernels kernels) {
    SearchSpace space = SearchSpace.of(base, RatioGrid.METAPRUNING);
    RandomStreams streams = new RandomStreams(7);
    try (NetworkProgram program = NetworkProgram.of(base, format, kernels)) {
      for (int i = 0; i < 3; i++) {
        Structure structure =
            i == 0 ? space.narrowest() : space.random(streams.stream("structure", i));
        Network pruned = space.apply(structure);
        try (NDManager scope = Torch.scope()) {
          RandomGenerator random = streams.stream("weights", i);
          Weights weights = RandomWeights.of(pruned, random, scope);
          NDArray images = images(pruned, random, scope);
          Statistics statistics = checkRecalibration(program, pruned, weights, images);
          checkScores(program, pruned, weights, images, statistics);
        }
      }
    }
  }

  @Test
  void program_ofASupernet_isRefused() {
    assertThatThrownBy(
            () ->
                NetworkProgram.of(
                    TinyNetworks.mixed(), MemoryFormat.CHANNELS_LAST, Kernels.SEPARATE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("node 'a.mixed': choice edge is still open");
  }

  @Test
  void scoringText_ofResidualNetworks_leavesNothingUnfused() {
    for (String name : List.of("resnet20", "resnet50", "mobilenetv2")) {
      Graph graph = new Graph(Zoo.network(name, new Shape(3, 32, 32), 10));
      String text =
          ScoringText.of(graph, MemoryFormat.CHANNELS_LAST, Kernels.FUSED).method().source();
      assertThat(text).doesNotContain("torch.add").doesNotContain("relu_").doesNotContain("clamp");
    }
  }

  private static Statistics checkRecalibration(
      NetworkProgram program, Network pruned, Weights weights, NDArray images) {
    RecordingNormalization recording = new RecordingNormalization();
    Forward.of(pruned).run(images, weights, recording).close();
    Statistics expected = recording.statistics();
    try (PreparedWeights prepared = program.forRecalibration(pruned, weights)) {
      Statistics found = program.recalibrate(images, prepared);
      assertThat(found.layers().keySet()).isEqualTo(expected.layers().keySet());
      expected.layers().forEach((node, moments) -> checkMoments(pruned.node(node), found, moments));
      for (int i = 0; i < 3; i++) {
        assertThat(program.recalibrate(images, prepared)).as("run %d", i).isEqualTo(found);
      }
    }
    return expected;
  }

  private static void checkMoments(Node node, Statistics found, Moments expected) {
    Moments moments = found.of(node);
    assertThat(moments.channels()).isEqualTo(expected.channels());
    for (int c = 0; c < expected.channels(); c++) {
      double deviation = Math.sqrt(expected.variance()[c]);
      assertThat((double) moments.mean()[c])
          .as("mean of channel %d of %s", c, node.name())
          .isCloseTo(expected.mean()[c], within(10 * TOLERANCE * deviation + 1e-6));
      assertThat(Math.sqrt(moments.variance()[c]))
          .as("deviation of channel %d of %s", c, node.name())
          .isCloseTo(deviation, within(10 * TOLERANCE * deviation + 1e-6));
    }
  }

  private static void checkScores(
      NetworkProgram program,
      Network pruned,
      Weights weights,
      NDArray images,
      Statistics statistics) {
    Normalization given = Normalization.given(statistics, images.getManager());
    NDArray expected = Forward.of(pruned).run(images, weights, given);
    double largest = expected.abs().max().getFloat();
    try (PreparedWeights prepared = program.forScoring(pruned, weights, statistics)) {
      NDArray scores = program.score(images, prepared);
      assertThat((double) scores.sub(expected).abs().max().getFloat())
          .isLessThan(TOLERANCE * largest);
      assertThat(scores.argMax(1).toLongArray()).isEqualTo(expected.argMax(1).toLongArray());
      for (int i = 0; i < 3; i++) {
        assertThat(program.score(images, prepared).toFloatArray())
            .as("run %d", i)
            .isEqualTo(scores.toFloatArray());
      }
    }
  }

  private static NDArray images(Network network, RandomGenerator random, NDManager scope) {
    Shape shape = network.input();
    float[] values = new float[BATCH * (int) shape.elements()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return scope.create(
        values,
        new ai.djl.ndarray.types.Shape(BATCH, shape.channels(), shape.height(), shape.width()));
  }

  /** Convolutions and batch norms that have other readers than what could be fused to them. */
  private static Network sharedBranches() {
    NetworkBuilder net = new NetworkBuilder("shared", new Shape(3, 8, 8));
    int stem = net.conv("stem", 0, 6, 3, 1);
    int normal = net.batchNorm("normal", stem);
    int active = net.activation("active", normal, RELU);
    int sum = net.sum("sum", normal, active);
    int six = net.activation("six", net.sum("sum2", sum, net.conv("c2", sum, 6, 1, 1)), RELU6);
    int later = net.sum("sum3", six, stem);
    int unscaled = net.add("plain", new Layer.BatchNorm(false), List.of(later));
    int tail = net.batchNorm("tail", net.activation("relu", unscaled, RELU));
    int pool = net.add("pool", new Layer.Pool(Layer.Pool.Kind.MAX, 8, 8, 0), List.of(tail));
    int flat = net.add("flat", new Layer.Flatten(), List.of(pool));
    int over = net.sum("over", net.conv("c3", pool, 6, 1, 1), pool);
    int both = net.concat("both", flat, over);
    net.linear("fc", both, 4);
    return net.build();
  }

  /** An add of three branches, and one of a branch with itself. */
  private static Network threeBranches() {
    NetworkBuilder net = new NetworkBuilder("three", new Shape(3, 8, 8));
    int a = net.batchNorm("a.bn", net.conv("a", 0, 5, 3, 1));
    int b = net.batchNorm("b.bn", net.conv("b", 0, 5, 3, 1));
    int c = net.conv("c", 0, 5, 1, 1);
    int sum = net.activation("sum.relu", net.sum("sum", a, b, c), RELU);
    int last = net.conv("last", sum, 5, 3, 1);
    int twice = net.activation("twice.relu", net.sum("twice", last, last), RELU);
    net.linear("fc", net.globalAveragePool("gap", twice), 4);
    return net.build();
  }
}
