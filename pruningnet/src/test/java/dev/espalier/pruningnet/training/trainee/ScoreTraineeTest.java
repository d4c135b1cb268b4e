package dev.espalier.pruningnet.training.trainee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Masks;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.step.Slope;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScoreTraineeTest {

  private static final int BATCH = 4;
  private static final int CLASSES = 4;
  private static final double EPSILON = 1e-7;
  private static final RandomStreams STREAMS = new RandomStreams(5);

  /** Where all values of a filter are dropped, and so equal, max pooling has no derivative. */
  static Stream<Arguments> networks() {
    return Stream.concat(TinyNetworks.all().stream(), Stream.of(TinyNetworks.mixed()))
        .flatMap(
            network ->
                Stream.of(Granularity.values())
                    .filter(each -> each == Granularity.WEIGHT || !hasMaxPool(network))
                    .map(each -> Arguments.of(network, each)));
  }

  private static boolean hasMaxPool(Network network) {
    return network.nodes().stream()
        .anyMatch(
            node -> node.layer() instanceof Layer.Pool pool && pool.kind() == Layer.Pool.Kind.MAX);
  }

  /** With real numbers in place of zeros and ones the loss has a derivative, dL/dM. */
  @ParameterizedTest
  @MethodSource("networks")
  void gradients_ofTheScores_areThoseOfTheLossWithRealMasks(
      Network network, Granularity granularity) {
    double[][] images = new double[BATCH][];
    RandomGenerator random = STREAMS.stream("images", 0);
    for (int i = 0; i < BATCH; i++) {
      images[i] =
          random.doubles(network.input().elements(), -1, 1).map(value -> (float) value).toArray();
    }
    int[] labels = {0, 1, 2, 3};
    double[][] targets = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
    try (NetworkParameters model = NetworkParameters.untrained(network, STREAMS);
        NDManager scope = Torch.scope()) {
      // A filter that is dropped as a whole would else stand on the kink of the relu behind it.
      model.weightParameters().stream()
          .filter(parameter -> parameter.name().endsWith(".bias"))
          .forEach(bias -> Initial.normal(bias, 0.3, STREAMS));
      Scores scores = Scores.ofMagnitudes(network, granularity, model.weights(), scope);
      Sparsity sparsity = Sparsity.of(granularity, 0.5);
      ScoreTrainee trainee = new ScoreTrainee(model, scores, sparsity);
      Gradients gradients = gradients(trainee, images, labels, scope);

      RelaxedLoss loss = new RelaxedLoss(network, images, targets);
      Masks masks = scores.masks(sparsity, scope);
      for (Node node : network.layersWithWeights()) {
        Parameter parameter = find(scores, node);
        float[] found =
            ((Gradient.Dense) Objects.requireNonNull(gradients.find(parameter)))
                .values()
                .toFloatArray();
        for (int i = 0; i < found.length; i += Math.max(1, found.length / 7)) {
          double slope =
              (loss.of(relaxed(model, masks, node, i, EPSILON))
                      - loss.of(relaxed(model, masks, node, i, -EPSILON)))
                  / (2 * EPSILON);
          assertThat((double) found[i])
              .as("%s score %d", node.name(), i)
              .isCloseTo(slope, within(1e-3 * Math.max(0.1, Math.abs(slope))));
        }
      }
    }
  }

  private static Gradients gradients(
      ScoreTrainee trainee, double[][] images, int[] labels, NDManager scope) {
    float[] pixels = new float[BATCH * images[0].length];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) images[i / images[0].length][i % images[0].length];
    }
    NDArray batch =
        scope.create(
            pixels, new ai.djl.ndarray.types.Shape(BATCH, 3, TinyNetworks.SIDE, TinyNetworks.SIDE));
    Examples examples = new Examples(batch, CrossEntropy.targets(labels, BATCH, CLASSES, 0, scope));
    return Slope.of(() -> trainee.lesson(0, scope), examples).gradients();
  }

  /** The weights under masks, of which one value is moved. */
  private static Map<Integer, ReferenceForward.Arrays> relaxed(
      NetworkParameters model, Masks masks, Node moved, int index, double by) {
    Map<Integer, ReferenceForward.Arrays> arrays =
        new HashMap<>(RelaxedLoss.arrays(model.weights()));
    masks
        .layers()
        .forEach(
            (node, mask) -> {
              ReferenceForward.Arrays layer = Objects.requireNonNull(arrays.get(node));
              float[] kept = mask.toFloatArray();
              double[] weight = layer.weight().clone();
              int each = weight.length / kept.length;
              for (int i = 0; i < weight.length; i++) {
                boolean here = node == moved.index() && i / each == index;
                weight[i] *= kept[i / each] + (here ? by : 0);
              }
              arrays.put(node, new ReferenceForward.Arrays(weight, layer.bias()));
            });
    return arrays;
  }

  private static Parameter find(Scores scores, Node node) {
    List<Parameter> all =
        scores.parameters().stream()
            .filter(parameter -> parameter.name().equals(node.name() + ".scores"))
            .toList();
    assertThat(all).hasSize(1);
    return all.get(0);
  }
}
