package dev.espalier.pruningnet.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class SgdTest {

  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 0.01;
  private static final double[] RATES = {0.1, 0.05, 0.02};

  private final RandomGenerator random = new RandomStreams(1).stream("sgd", 0);

  @Test
  void step_onDenseGradientsOfSeveralPieces_equalsPlainLoops() {
    try (NDManager scope = Torch.scope()) {
      Parameter parameter = random(new Shape(70, 5, 10, 10), scope);
      Sgd sgd = new Sgd(List.of(parameter), MOMENTUM, DECAY, scope);
      Reference reference = new Reference(parameter.array().toFloatArray());
      for (double rate : RATES) {
        float[] gradient = gaussian((int) parameter.size());
        Gradients gradients = new Gradients();
        NDArray values = scope.create(gradient, parameter.array().getShape());
        gradients.put(parameter, new Gradient.Dense(values));
        sgd.step(gradients, rate);
        reference.step(gradient, rate);
      }
      assertClose(parameter, reference.values);
      assertClose(sgd.momenta().get(0), reference.momenta);
    }
  }

  @Test
  void step_onLowRankGradients_equalsTheirProduct() {
    int rows = 2500;
    int columns = 32;
    try (NDManager scope = Torch.scope()) {
      Parameter parameter = random(new Shape(rows, columns), scope);
      Sgd sgd = new Sgd(List.of(parameter), MOMENTUM, DECAY, scope);
      Reference reference = new Reference(parameter.array().toFloatArray());
      for (double rate : RATES) {
        float[] left = gaussian(rows * 2);
        float[] right = gaussian(2 * columns);
        float[] product = new float[rows * columns];
        for (int i = 0; i < product.length; i++) {
          int row = i / columns;
          int column = i % columns;
          product[i] = left[2 * row] * right[column] + left[2 * row + 1] * right[columns + column];
        }
        Gradients gradients = new Gradients();
        gradients.put(
            parameter,
            new Gradient.LowRank(
                scope.create(left, new Shape(rows, 2)),
                scope.create(right, new Shape(2, columns))));
        sgd.step(gradients, rate);
        reference.step(product, rate);
      }
      assertClose(parameter, reference.values);
    }
  }

  @Test
  void step_withoutAGradient_goesOnByMomentum() {
    try (NDManager scope = Torch.scope()) {
      Parameter parameter = Parameter.zeros("p", new Shape(3), scope);
      Sgd sgd = new Sgd(List.of(parameter), 0.5, 0, scope);
      Gradients gradients = new Gradients();
      gradients.put(parameter, new Gradient.Dense(scope.create(new float[] {1, 2, 0})));
      sgd.step(gradients, 1);
      sgd.step(new Gradients(), 1);
      assertThat(parameter.array().toFloatArray()).containsExactly(-1.5f, -3f, 0f);
    }
  }

  @Test
  void step_leavesNoArraysBehind() {
    try (NDManager scope = Torch.scope();
        NDManager step = Torch.scope()) {
      Parameter parameter = random(new Shape(4000, 16), scope);
      Sgd sgd = new Sgd(List.of(parameter), MOMENTUM, DECAY, scope);
      int before = scope.getManagedArrays().size();
      Gradients gradients = new Gradients();
      gradients.put(
          parameter,
          new Gradient.LowRank(step.ones(new Shape(4000, 1)), step.ones(new Shape(1, 16))));
      sgd.step(gradients, 0.1);
      assertThat(scope.getManagedArrays()).hasSize(before);
      assertThat(step.getManagedArrays()).hasSize(2);
    }
  }

  private Parameter random(Shape shape, NDManager scope) {
    Parameter parameter = Parameter.zeros("p", shape, scope);
    float[] values = gaussian((int) shape.size());
    parameter.set(0, values, values.length);
    return parameter;
  }

  private float[] gaussian(int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  private static void assertClose(Parameter found, double[] expected) {
    float[] values = found.array().toFloatArray();
    for (int i = 0; i < expected.length; i++) {
      assertThat((double) values[i]).isCloseTo(expected[i], within(1e-5));
    }
  }

  /** The formula, value by value, in double precision. */
  private static final class Reference {
    private final double[] values;
    private final double[] momenta;

    Reference(float[] start) {
      values = new double[start.length];
      momenta = new double[start.length];
      for (int i = 0; i < start.length; i++) {
        values[i] = start[i];
      }
    }

    void step(float[] gradient, double rate) {
      for (int i = 0; i < values.length; i++) {
        momenta[i] = MOMENTUM * momenta[i] + rate * (gradient[i] + DECAY * values[i]);
        values[i] -= momenta[i];
      }
    }
  }
}
