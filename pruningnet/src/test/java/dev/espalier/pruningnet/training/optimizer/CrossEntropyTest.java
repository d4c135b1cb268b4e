package dev.espalier.pruningnet.training.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.tensor.Torch;
import org.junit.jupiter.api.Test;

class CrossEntropyTest {

  @Test
  void targets_withSmoothing_spreadAShareOverAllClasses() {
    try (NDManager scope = Torch.scope()) {
      NDArray targets = CrossEntropy.targets(new int[] {1, 0, 7}, 2, 4, 0.1, scope);
      assertThat(targets.getShape()).isEqualTo(new Shape(2, 4));
      assertThat(targets.toFloatArray())
          .containsExactly(0.025f, 0.925f, 0.025f, 0.025f, 0.925f, 0.025f, 0.025f, 0.025f);
    }
  }

  @Test
  void loss_ofEqualScores_isTheLogarithmOfTheClasses() {
    try (NDManager scope = Torch.scope()) {
      NDArray targets = CrossEntropy.targets(new int[] {2, 3}, 2, 4, 0.1, scope);
      NDArray loss = CrossEntropy.loss(scope.ones(new Shape(2, 4)), targets);
      assertThat((double) loss.getFloat()).isCloseTo(Math.log(4), within(1e-6));
    }
  }

  @Test
  void loss_ofKnownScores_isTheClosedForm() {
    try (NDManager scope = Torch.scope()) {
      NDArray scores = scope.create(new float[] {0, (float) Math.log(3)}, new Shape(1, 2));
      NDArray targets = CrossEntropy.targets(new int[] {0}, 1, 2, 0.2, scope);
      double expected = -(0.9 * Math.log(0.25) + 0.1 * Math.log(0.75));
      double loss = CrossEntropy.loss(scores, targets).getFloat();
      assertThat(loss).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void taught_mixesLabelsWithTheTeachersProbabilities() {
    try (NDManager scope = Torch.scope()) {
      NDArray scores = scope.create(new float[] {0, (float) Math.log(3)}, new Shape(1, 2));
      NDArray targets = CrossEntropy.targets(new int[] {0}, 1, 2, 0, scope);
      float[] taught = CrossEntropy.taught(targets, scores, 0.4).toFloatArray();
      assertThat((double) taught[0]).isCloseTo(0.6 + 0.4 * 0.25, within(1e-6));
      assertThat((double) taught[1]).isCloseTo(0.4 * 0.75, within(1e-6));
    }
  }
}
