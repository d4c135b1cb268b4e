package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgreementTest {

  @Test
  void difference_ofScores_isTheLargest() {
    assertThat(Agreement.difference(new float[] {1, -2, 3}, new float[] {1.5f, -2, 1}))
        .isEqualTo(2);
  }

  @Test
  void difference_withAScoreThatIsNoNumber_isNoNumber() {
    double difference = Agreement.difference(new float[] {Float.NaN, 1}, new float[] {0, 5});

    assertThat(difference).isNaN();
    assertThat(new Agreement(2, 1, 1, difference).holds()).isFalse();
  }

  @Test
  void holds_anotherNumberOfRightAnswers_doesNot() {
    assertThat(new Agreement(10, 5, 5, 1e-5).holds()).isTrue();
    assertThat(new Agreement(10, 5, 6, 1e-5).holds()).isFalse();
    assertThat(new Agreement(10, 5, 5, 1e-3).holds()).isFalse();
  }
}
