package dev.espalier.pruningnet.differentiable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.job.NetworkSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HypergradientTest {

  private static final TinySpace SPACE = new TinySpace();
  private static final Network NETWORK = SPACE.supernet();
  private static final double RATE = 0.3;
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.01;
  private static final RandomStreams STREAMS = new RandomStreams(8);

  @ParameterizedTest
  @EnumSource(names = {"PRETRAIN", "PRUNE"})
  void of_firstOrder_isTheSlopeWhereItStands(Phase phase) {
    try (SearchedModel model = model();
        NDManager scope = Torch.scope()) {
      Parts parts = new Parts(model, phase, scope);
      double[] found = parts.found(NetworkSpec.Order.FIRST, scope);
      assertClose(found, parts.validation.byAlphas(parts.point, parts.alphas), 1e-3);
    }
  }

  /** The product with the second derivative is exact in the reference, so that e is tested too. */
  @ParameterizedTest
  @EnumSource(names = {"PRETRAIN", "PRUNE"})
  void of_unrolled_isTheSlopeAheadLessTheSecondDerivativeAlongIt(Phase phase) {
    try (SearchedModel model = model();
        NDManager scope = Torch.scope()) {
      Parts parts = new Parts(model, phase, scope);
      double[] found = parts.found(NetworkSpec.Order.UNROLLED, scope);

      double[] ahead = parts.ahead(parts.alphas);
      double[] direct = parts.validation.byAlphas(ahead, parts.alphas);
      double[] back = parts.validation.byPoint(ahead, parts.alphas);
      double[] product = parts.training.mixed(parts.point, parts.alphas, back);
      double[] expected = DoubleProblem.along(direct, product, -RATE);

      assertClose(found, expected, 1e-2);
      // The second term matters here: without it the test would fail.
      assertThat(distance(expected, direct)).isGreaterThan(0.1 * distance(expected, expected, 0));
    }
  }

  @ParameterizedTest
  @EnumSource(names = "PRETRAIN")
  void of_unrolled_isTheSlopeOfTheLossAfterTheStep(Phase phase) {
    try (SearchedModel model = model();
        NDManager scope = Torch.scope()) {
      Parts parts = new Parts(model, phase, scope);
      double[] found = parts.found(NetworkSpec.Order.UNROLLED, scope);
      double[] expected = new double[found.length];
      double h = 1e-4;
      for (int i = 0; i < expected.length; i++) {
        double[] more = DoubleProblem.moved(parts.alphas, i, h);
        double[] less = DoubleProblem.moved(parts.alphas, i, -h);
        expected[i] =
            (parts.validation.loss(parts.ahead(more), more)
                    - parts.validation.loss(parts.ahead(less), less))
                / (2 * h);
      }
      assertClose(found, expected, 1e-2);
    }
  }

  @ParameterizedTest
  @EnumSource(Phase.class)
  void of_unrolled_leavesNothingBehindButInItsScope(Phase phase) {
    try (SearchedModel model = model();
        NDManager memory = Torch.scope()) {
      Parts parts = new Parts(model, phase, memory);
      NDManager weights = model.supernet().weights().weightParameters().get(0).array().getManager();
      List<Integer> arrays = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        try (NDManager scope = Torch.scope()) {
          parts.found(NetworkSpec.Order.UNROLLED, scope);
        }
        arrays.add(
            weights.getManagedArrays().size()
                + model.supernet().memory().getManagedArrays().size());
      }
      // Masks that stand still are made once, in the first round.
      assertThat(arrays.get(2)).isEqualTo(arrays.get(1)).isEqualTo(arrays.get(0));
    }
  }

  /** A problem in both precisions. */
  private static final class Parts {
    private final InnerProblem problem;
    private final DoubleProblem training;
    private final DoubleProblem validation;
    private final List<Parameter> momenta;
    private final double[] values;
    private final double[] point;
    private final double[] alphas;
    private final Phase phase;

    Parts(SearchedModel model, Phase phase, NDManager scope) {
      this.phase = phase;
      this.problem = model.problem(phase, Sparsity.of(Granularity.WEIGHT, 0.6));
      this.training = new DoubleProblem(NETWORK, phase, model, 1);
      this.validation = new DoubleProblem(NETWORK, phase, model, 2);
      this.momenta =
          problem.learned().stream()
              .map(
                  parameter -> {
                    Shape shape = parameter.array().getShape();
                    Parameter momentum =
                        Parameter.zeros("momentum." + parameter.name(), shape, scope);
                    Initial.normal(momentum, 0.01, STREAMS);
                    return momentum;
                  })
              .toList();
      this.values = DoubleProblem.vector(problem.learned());
      this.point = DoubleProblem.vector(problem.point(problem.learned(), scope));
      this.alphas = DoubleProblem.vector(problem.alphas());
    }

    double[] found(NetworkSpec.Order order, NDManager scope) {
      Gradients gradients =
          new Hypergradient(problem, order, new Hypergradient.Inner(momenta, MOMENTUM, DECAY))
              .of(training.examples(scope), validation.examples(scope), RATE, scope);
      Direction direction = new Direction(problem.alphas(), gradients);
      return DoubleProblem.vector(
          problem.alphas().stream()
              .map(alpha -> new Parameter(alpha.name(), direction.of(alpha)))
              .toList());
    }

    /** The point after one more step, which answers to the alphas. */
    double[] ahead(double[] someAlphas) {
      double[] gradient = training.byPoint(point, someAlphas);
      double[] momentum = DoubleProblem.vector(momenta);
      double[] next = values.clone();
      for (int i = 0; i < next.length; i++) {
        next[i] -= MOMENTUM * momentum[i] + RATE * (gradient[i] + DECAY * values[i]);
      }
      return phase == Phase.PRETRAIN ? next : masks(next);
    }

    /** 1 for the round(0.6 n) largest of each layer. */
    private double[] masks(double[] scores) {
      double[] masks = new double[scores.length];
      int start = 0;
      for (Parameter layer : problem.learned()) {
        int size = (int) layer.size();
        for (int kept = 0; kept < Math.round(0.6 * size); kept++) {
          int best = -1;
          for (int i = start; i < start + size; i++) {
            if (masks[i] == 0 && (best < 0 || scores[i] > scores[best])) {
              best = i;
            }
          }
          masks[best] = 1;
        }
        start += size;
      }
      return masks;
    }
  }

  private static SearchedModel model() {
    SearchedModel model =
        SearchedModel.untrained(
            SPACE,
            new SearchSettings(
                new PhasedSettings(
                    new PhasedSettings.Epochs(1, 1, 1),
                    PhasedSettings.Rates.PUBLISHED,
                    5,
                    Sparsity.of(Granularity.WEIGHT, 0.6),
                    Augmentation.NONE,
                    MemoryFormat.CHANNELS_FIRST,
                    3),
                SearchSettings.ALPHA_RATE,
                NetworkSpec.Order.FIRST,
                SearchSettings.MOST_SKIPS));
    model
        .supernet()
        .weights()
        .alphaParameters()
        .forEach(alpha -> Initial.normal(alpha, 0.5, STREAMS));
    model.supernet().scoreByMagnitude();
    return model;
  }

  private static void assertClose(double[] found, double[] expected, double tolerance) {
    double scale = distance(expected, expected, 0);
    for (int i = 0; i < found.length; i++) {
      assertThat(found[i]).isCloseTo(expected[i], within(tolerance * scale));
    }
    assertThat(scale).isGreaterThan(1e-3);
  }

  private static double distance(double[] a, double[] b) {
    return distance(a, b, 1);
  }

  private static double distance(double[] a, double[] b, double factor) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.pow(a[i] - factor * b[i], 2);
    }
    return Math.sqrt(sum);
  }
}
