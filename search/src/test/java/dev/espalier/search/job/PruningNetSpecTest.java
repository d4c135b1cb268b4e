package dev.espalier.search.job;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PruningNetSpecTest {

  @Test
  void spec_sandwichInEveryStep_isRefusedSinceRandomStructuresWouldNeverLearn() {
    assertThatThrownBy(() -> spec(1, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pruningNet.sandwich is 1")
        .hasMessageContaining("expected 0 or at least 2");
  }

  @Test
  void spec_distillationWithoutATeacher_isRefused() {
    assertThatThrownBy(() -> spec(0, 0.5))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pruningNet.distillation is 0.5")
        .hasMessageContaining("sandwich 0");
  }

  private static PruningNetSpec spec(int sandwich, double distillation) {
    return new PruningNetSpec(
        32,
        20,
        128,
        0.1,
        PruningNetSpec.Schedule.COSINE,
        0.1,
        sandwich,
        distillation,
        1,
        PruningNetSpec.Training.ALONE);
  }
}
