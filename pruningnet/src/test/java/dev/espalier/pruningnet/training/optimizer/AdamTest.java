package dev.espalier.pruningnet.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.tensor.Gradient;
import dev.espalier.pruningnet.tensor.Gradients;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class AdamTest {

  private static final Adam.Settings PUBLISHED = new Adam.Settings(3e-4, 0.5, 0.999, 1e-3);

  @Test
  void step_many_equalsTheFormulas() {
    RandomGenerator random = new RandomStreams(2).stream("gradients", 0);
    try (NDManager scope = Torch.scope()) {
      Parameter parameter = Parameter.zeros("alphas", new Shape(2, 3), scope);
      Initial.normal(parameter, 1, new RandomStreams(1));
      Adam adam = new Adam(List.of(parameter), PUBLISHED, scope);
      double[] w = doubles(parameter);
      double[] m = new double[6];
      double[] v = new double[6];
      for (int t = 1; t <= 50; t++) {
        float[] gradient = new float[6];
        for (int i = 0; i < 6; i++) {
          gradient[i] = (float) random.nextGaussian();
          double g = gradient[i] + 1e-3 * w[i];
          m[i] = 0.5 * m[i] + 0.5 * g;
          v[i] = 0.999 * v[i] + 0.001 * g * g;
          double mean = m[i] / (1 - Math.pow(0.5, t));
          double square = v[i] / (1 - Math.pow(0.999, t));
          w[i] -= 3e-4 * mean / (Math.sqrt(square) + 1e-8);
        }
        assertThat(adam.step(gradients(parameter, gradient, scope), t)).isEmpty();
      }
      double[] found = doubles(parameter);
      for (int i = 0; i < 6; i++) {
        assertThat(found[i]).isCloseTo(w[i], within(1e-6));
      }
    }
  }

  @Test
  void step_first_isOfTheRateWhateverTheGradient() {
    try (NDManager scope = Torch.scope()) {
      Parameter parameter = Parameter.zeros("alphas", new Shape(2), scope);
      Adam adam = new Adam(List.of(parameter), new Adam.Settings(0.1, 0.9, 0.999, 0), scope);
      adam.step(gradients(parameter, new float[] {1e-3f, -5}, scope), 1);
      assertThat(doubles(parameter)[0]).isCloseTo(-0.1, within(1e-5));
      assertThat(doubles(parameter)[1]).isCloseTo(0.1, within(1e-5));
    }
  }

  @Test
  void step_toAValueThatIsNoNumber_changesNothingAndNamesIt() {
    try (NDManager scope = Torch.scope()) {
      Parameter good = Parameter.zeros("good", new Shape(1), scope);
      Parameter bad = Parameter.zeros("bad", new Shape(1), scope);
      Adam adam = new Adam(List.of(good, bad), PUBLISHED, scope);
      Gradients gradients = gradients(good, new float[] {1}, scope);
      gradients.put(bad, new Gradient.Dense(scope.create(new float[] {Float.NaN})));

      assertThat(adam.step(gradients, 1)).contains("bad");
      assertThat(doubles(good)).containsExactly(0);
      assertThat(adam.moments()).allSatisfy(p -> assertThat(doubles(p)).containsExactly(0));
    }
  }

  private static Gradients gradients(Parameter parameter, float[] values, NDManager scope) {
    Gradients gradients = new Gradients();
    gradients.put(
        parameter, new Gradient.Dense(scope.create(values, parameter.array().getShape())));
    return gradients;
  }

  private static double[] doubles(Parameter parameter) {
    float[] values = parameter.array().toFloatArray();
    double[] doubles = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      doubles[i] = values[i];
    }
    return doubles;
  }
}
