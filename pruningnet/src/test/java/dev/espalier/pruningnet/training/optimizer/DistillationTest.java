package dev.espalier.pruningnet.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.random.RandomStreams;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistillationTest {

  private static final int BATCH = 5;
  private static final int CLASSES = 7;
  private static final double SMOOTHING = 0.1;

  @ParameterizedTest
  @CsvSource({"0, 4", "1, 1", "0.5, 4", "0.9, 20", "0.3, 0.5"})
  void loss_andItsGradient_areThoseOfTheFormulaInDoublePrecision(
      double weight, double temperature) {
    Distillation distillation = new Distillation(weight, temperature);
    double[][] scores = numbers("scores");
    double[][] taught = numbers("taught");
    int[] labels = {3, 0, 6, 3, 1};
    try (NDManager scope = Torch.scope()) {
      NDArray own = array(scores, scope);
      own.setRequiresGradient(true);
      NDArray targets = CrossEntropy.targets(labels, BATCH, CLASSES, SMOOTHING, scope);
      double loss;
      try (GradientCollector collector = Torch.gradients()) {
        NDArray result = distillation.loss(own, targets, array(taught, scope));
        collector.backward(result);
        loss = result.getFloat();
      }

      assertThat(loss).isCloseTo(loss(distillation, scores, taught, labels), within(1e-5));
      float[] gradient = own.getGradient().toFloatArray();
      for (int i = 0; i < gradient.length; i++) {
        double expected = slope(distillation, scores, taught, labels, i / CLASSES, i % CLASSES);
        assertThat((double) gradient[i]).as("score %d", i).isCloseTo(expected, within(1e-6));
      }
    }
  }

  @Test
  void loss_ofTheTeachersOwnScores_isThatOfTheLabelsAlone() {
    double[][] scores = numbers("scores");
    try (NDManager scope = Torch.scope()) {
      NDArray own = array(scores, scope);
      NDArray targets = CrossEntropy.targets(new int[] {1, 2, 3, 4, 5}, BATCH, CLASSES, 0, scope);
      float labels = CrossEntropy.loss(own, targets).getFloat();

      assertThat(new Distillation(0.6, 3).loss(own, targets, own).getFloat())
          .isCloseTo(0.4f * labels, within(1e-6f));
    }
  }

  @Test
  void loss_teacherThatIsSureOfImpossibleClasses_isANumber() {
    try (NDManager scope = Torch.scope()) {
      NDArray sure = scope.create(new float[] {1e4f, -1e4f}, new Shape(1, 2));
      NDArray unsure = scope.create(new float[] {0, 0}, new Shape(1, 2));
      NDArray targets = CrossEntropy.targets(new int[] {0}, 1, 2, 0, scope);

      assertThat(new Distillation(1, 1).loss(unsure, targets, sure).getFloat())
          .isCloseTo((float) Math.log(2), within(1e-6f));
    }
  }

  @Test
  void of_valuesOutsideOfTheirRange_areRefusedByName() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distillation(1.5, 1))
        .withMessageContaining("weight is 1.5");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Distillation(0.5, 0))
        .withMessageContaining("temperature is 0.0");
  }

  private static double loss(
      Distillation distillation, double[][] scores, double[][] taught, int[] labels) {
    double a = distillation.weight();
    double t = distillation.temperature();
    double sum = 0;
    for (int image = 0; image < BATCH; image++) {
      double[] own = softmax(scores[image], 1);
      double[] q = softmax(scores[image], t);
      double[] p = softmax(taught[image], t);
      for (int k = 0; k < CLASSES; k++) {
        sum -= (1 - a) * target(labels[image], k) * Math.log(own[k]);
        sum += a * t * t * p[k] * (Math.log(p[k]) - Math.log(q[k]));
      }
    }
    return sum / BATCH;
  }

  /** The slope of the loss above, by a step to either side. */
  private static double slope(
      Distillation distillation, double[][] scores, double[][] taught, int[] labels, int i, int k) {
    double step = 1e-5;
    double[][] more = Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
    double[][] less = Arrays.stream(scores).map(double[]::clone).toArray(double[][]::new);
    more[i][k] += step;
    less[i][k] -= step;
    return (loss(distillation, more, taught, labels) - loss(distillation, less, taught, labels))
        / (2 * step);
  }

  private static double target(int label, int k) {
    return (label == k ? 1 - SMOOTHING : 0) + SMOOTHING / CLASSES;
  }

  private static double[] softmax(double[] scores, double temperature) {
    double[] powers = Arrays.stream(scores).map(s -> Math.exp(s / temperature)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }

  private static double[][] numbers(String name) {
    RandomGenerator random = new RandomStreams(4).stream(name, 0);
    double[][] numbers = new double[BATCH][CLASSES];
    for (double[] row : numbers) {
      Arrays.setAll(row, k -> (float) (2 * random.nextGaussian()));
    }
    return numbers;
  }

  private static NDArray array(double[][] numbers, NDManager scope) {
    float[] flat = new float[BATCH * CLASSES];
    for (int i = 0; i < flat.length; i++) {
      flat[i] = (float) numbers[i / CLASSES][i % CLASSES];
    }
    return scope.create(flat, new Shape(BATCH, CLASSES));
  }
}
