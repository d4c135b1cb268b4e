package dev.espalier.pruningnet.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.KeptGrid;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class WeightTapeTest {

  private static final int BATCH = 6;
  private static final int[] LABELS = {0, 1, 2, 3, 1, 0};

  static Stream<Arguments> networks() {
    return TinyNetworks.all().stream()
        .flatMap(
            network ->
                Stream.of(Padding.NONE, new Padding(3))
                    .map(padding -> Arguments.of(network, padding)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradients_ofSeveralStructures_equalFiniteDifferences(Network network, Padding padding) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    List<Structure> structures = PruningNetTest.structures(space).subList(0, 3);
    double[][] images = images();
    try (PruningNet net = PruningNet.untrained(space, 3, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      ReferencePruningNet reference = new ReferencePruningNet(net);
      Gradients gradients = gradients(net, structures, padding, images, scope);
      RandomGenerator random = new RandomStreams(4).stream("entries", 0);
      for (Parameter parameter : net.parameters()) {
        float[] found = values(gradients, parameter);
        double[] values = reference.parameter(parameter.name());
        for (int sample = 0; sample < 6; sample++) {
          int i = random.nextInt(values.length);
          double expected = slope(reference, values, i, structures, images);
          assertThat((double) found[i])
              .as("%s[%d]", parameter.name(), i)
              .isCloseTo(expected, within(1e-4 + 1e-3 * Math.abs(expected)));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void gradients_equalThoseOfTheEngineThroughTheGenerators(Network network, Padding padding) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    Structure structure = space.uniform(17);
    double[][] images = images();
    try (PruningNet net = PruningNet.untrained(space, 3, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Gradients gradients = gradients(net, List.of(structure), padding, images, scope);
      assertEqualsThoseOfTheEngine(gradients, net, structure, images, scope);
    }
  }

  @Test
  void gradients_ofASparseStructure_equalThoseOfTheEngineAndAreZeroWhereAWeightIsDropped() {
    SearchSpace space =
        SearchSpace.of(
            TinyNetworks.residual(),
            RatioGrid.METAPRUNING,
            new KeptGrid(List.of(20, 50, 100)),
            Set.of());
    Structure structure = space.random(new RandomStreams(3).stream("structure", 0));
    double[][] images = images();
    try (PruningNet net = PruningNet.untrained(space, 3, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Gradients gradients = gradients(net, List.of(structure), Padding.VECTORS, images, scope);
      assertEqualsThoseOfTheEngine(gradients, net, structure, images, scope);
      Node layer = space.network().layersWithWeights().get(1);
      float[] kernel =
          values(gradients, PruningNetTest.parameter(net, layer.name() + ".kernel.bias"));
      long touched = IntStream.range(0, kernel.length).filter(i -> kernel[i] != 0).count();
      assertThat(touched).isPositive().isLessThanOrEqualTo(space.keptWeights(structure, layer));
    }
  }

  @Test
  void gradients_ofASharedKernel_areZeroOutsideOfTheCrop() {
    SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 3, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Gradients gradients =
          gradients(net, List.of(space.uniform(14)), Padding.VECTORS, images(), scope);
      // 52% of 4 x 4 channels: 2 x 2 of the kernels of 3 x 3 are used; b1.conv1 is 5 x 4.
      float[] kernel = values(gradients, PruningNetTest.parameter(net, "b1.conv1.kernel.bias"));
      for (int i = 0; i < kernel.length; i++) {
        boolean inside = i / (4 * 9) < 2 && i / 9 % 4 < 2;
        if (inside) {
          assertThat(kernel[i]).as("inside, %d", i).isNotZero();
        } else {
          assertThat(kernel[i]).as("outside, %d", i).isZero();
        }
      }
    }
  }

  private static void assertEqualsThoseOfTheEngine(
      Gradients gradients,
      PruningNet net,
      Structure structure,
      double[][] images,
      NDManager scope) {
    net.parameters().forEach(p -> p.array().setRequiresGradient(true));
    try (GradientCollector collector = Torch.gradients()) {
      collector.backward(
          loss(net.space().apply(structure), net.weights(structure, scope), tensor(images, scope)));
    }
    for (Parameter parameter : net.parameters()) {
      float[] expected = parameter.array().getGradient().toFloatArray();
      float[] found = values(gradients, parameter);
      for (int i = 0; i < expected.length; i++) {
        assertThat(found[i])
            .as("%s[%d]", parameter.name(), i)
            .isCloseTo(expected[i], within(1e-5f + 1e-3f * Math.abs(expected[i])));
      }
    }
  }

  private static Gradients gradients(
      PruningNet net,
      List<Structure> structures,
      Padding padding,
      double[][] images,
      NDManager scope) {
    WeightTape tape = net.tape(padding, scope);
    try (GradientCollector collector = Torch.gradients()) {
      for (Structure structure : structures) {
        collector.backward(
            loss(
                padding.network(net.space(), structure),
                tape.weights(structure),
                tensor(images, scope)));
      }
    }
    return tape.gradients();
  }

  private static NDArray loss(Network network, Weights weights, NDArray images) {
    NDArray scores = Forward.of(network).run(images, weights, Normalization.batch());
    NDArray target = images.getManager().create(LABELS).oneHot(network.classes());
    return scores.logSoftmax(1).mul(target).sum().div(-BATCH);
  }

  private static double slope(
      ReferencePruningNet reference,
      double[] values,
      int i,
      List<Structure> structures,
      double[][] images) {
    double step = 1e-5;
    double before = values[i];
    double difference = 0;
    for (Structure structure : structures) {
      values[i] = before + step;
      difference += reference.loss(structure, images, LABELS);
      values[i] = before - step;
      difference -= reference.loss(structure, images, LABELS);
    }
    values[i] = before;
    return difference / (2 * step);
  }

  private static float[] values(Gradients gradients, Parameter parameter) {
    Gradient gradient = Objects.requireNonNull(gradients.find(parameter), parameter.name());
    if (gradient instanceof Gradient.LowRank product) {
      return product.left().matMul(product.right()).toFloatArray();
    }
    return ((Gradient.Dense) gradient).values().toFloatArray();
  }

  private static double[][] images() {
    RandomGenerator random = new RandomStreams(2).stream("images", 0);
    double[][] images = new double[BATCH][3 * TinyNetworks.SIDE * TinyNetworks.SIDE];
    for (double[] image : images) {
      for (int i = 0; i < image.length; i++) {
        image[i] = (float) random.nextGaussian();
      }
    }
    return images;
  }

  private static NDArray tensor(double[][] images, NDManager scope) {
    float[] values = new float[BATCH * images[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) images[i / images[0].length][i % images[0].length];
    }
    return scope.create(values, new Shape(BATCH, 3, TinyNetworks.SIDE, TinyNetworks.SIDE));
  }
}
