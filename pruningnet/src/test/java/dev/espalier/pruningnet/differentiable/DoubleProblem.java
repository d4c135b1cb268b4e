package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.step.Examples;
import dev.espalier.pruningnet.training.trainee.RelaxedLoss;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The losses of an inner problem in double precision, as functions of vectors: all values of what
 * is learned, or all masks, one after the other, and all alphas.
 */
final class DoubleProblem {

  private static final int BATCH = 5;
  private static final double EPSILON = 1e-5;

  private final Network network;
  private final Phase phase;
  private final Map<Integer, ReferenceForward.Arrays> weights;
  private final double[][] images;
  private final double[][] targets;

  /** Random images and labels by a seed. */
  DoubleProblem(Network network, Phase phase, SearchedModel model, long seed) {
    this.network = network;
    this.phase = phase;
    this.weights = RelaxedLoss.arrays(model.supernet().weights().weights());
    RandomGenerator random = new RandomStreams(seed).stream("examples", 0);
    this.images = new double[BATCH][];
    this.targets = new double[BATCH][network.classes()];
    for (int i = 0; i < BATCH; i++) {
      images[i] =
          random.doubles(network.input().elements(), -2, 2).map(value -> (float) value).toArray();
      targets[i][random.nextInt(network.classes())] = 1;
    }
  }

  /** The same images for the engine. */
  Examples examples(NDManager scope) {
    dev.espalier.search.network.Shape image = network.input();
    return new Examples(
        flat(images, scope)
            .reshape(new Shape(BATCH, image.channels(), image.height(), image.width())),
        flat(targets, scope).reshape(new Shape(BATCH, network.classes())));
  }

  private static NDArray flat(double[][] rows, NDManager scope) {
    float[] values = new float[rows.length * rows[0].length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) rows[i / rows[0].length][i % rows[0].length];
    }
    return scope.create(values);
  }

  /** All values of some parameters. */
  static double[] vector(List<Parameter> parameters) {
    return parameters.stream()
        .flatMapToDouble(
            parameter -> {
              float[] values = parameter.array().toFloatArray();
              return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
            })
        .toArray();
  }

  /** The loss at a point, weights or masks, and at some alphas. */
  double loss(double[] point, double[] alphas) {
    Map<Integer, ReferenceForward.Arrays> all = new HashMap<>(weights);
    Map<String, double[]> choices = new HashMap<>();
    int nextAlpha = 0;
    for (Map.Entry<String, List<String>> choice : network.choices().entrySet()) {
      int end = nextAlpha + choice.getValue().size();
      choices.put(choice.getKey(), Arrays.copyOfRange(alphas, nextAlpha, end));
      nextAlpha = end;
    }
    int next = 0;
    for (Node node : network.nodes()) {
      ReferenceForward.Arrays layer = all.get(node.index());
      if (node.layer() instanceof Layer.Mixture mixture) {
        double[] own = Objects.requireNonNull(choices.get(mixture.choice()));
        all.put(node.index(), new ReferenceForward.Arrays(own, new double[0]));
      } else if (layer != null && phase == Phase.PRETRAIN) {
        double[] weight = Arrays.copyOfRange(point, next, next + layer.weight().length);
        next += weight.length;
        double[] bias = Arrays.copyOfRange(point, next, next + layer.bias().length);
        next += bias.length;
        all.put(node.index(), new ReferenceForward.Arrays(weight, bias));
      } else if (layer != null) {
        double[] weight = layer.weight().clone();
        for (int i = 0; i < weight.length; i++) {
          weight[i] *= point[next++];
        }
        all.put(node.index(), new ReferenceForward.Arrays(weight, layer.bias()));
      }
    }
    return new RelaxedLoss(network, images, targets).of(all);
  }

  /** The derivative by each value of the point. */
  double[] byPoint(double[] point, double[] alphas) {
    double[] slope = new double[point.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] =
          (loss(moved(point, i, EPSILON), alphas) - loss(moved(point, i, -EPSILON), alphas))
              / (2 * EPSILON);
    }
    return slope;
  }

  /** The derivative by each alpha. */
  double[] byAlphas(double[] point, double[] alphas) {
    double[] slope = new double[alphas.length];
    for (int i = 0; i < slope.length; i++) {
      slope[i] =
          (loss(point, moved(alphas, i, EPSILON)) - loss(point, moved(alphas, i, -EPSILON)))
              / (2 * EPSILON);
    }
    return slope;
  }

  /** The second derivative by each alpha and along a direction of the point. */
  double[] mixed(double[] point, double[] alphas, double[] direction) {
    double h = 1e-4;
    double[] plus = byAlphas(along(point, direction, h), alphas);
    double[] minus = byAlphas(along(point, direction, -h), alphas);
    double[] product = new double[alphas.length];
    for (int i = 0; i < product.length; i++) {
      product[i] = (plus[i] - minus[i]) / (2 * h);
    }
    return product;
  }

  static double[] along(double[] point, double[] direction, double factor) {
    double[] moved = point.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += factor * direction[i];
    }
    return moved;
  }

  static double[] moved(double[] values, int index, double by) {
    double[] moved = values.clone();
    moved[index] += by;
    return moved;
  }
}
