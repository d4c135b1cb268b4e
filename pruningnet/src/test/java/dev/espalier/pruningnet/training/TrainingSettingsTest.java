package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.job.PruningNetSpec.Schedule;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {

  @Test
  void learningRate_fallsAsTheScheduleSays() {
    assertRates(Schedule.LINEAR, 0.4, 0.3, 0.2, 0.1, 0.004);
    assertRates(Schedule.STEP, 0.4, 0.04, 0.004, 0.0004, 0.0004);
    double root = Math.sqrt(0.5);
    assertRates(Schedule.COSINE, 0.4, 0.2 * (1 + root), 0.2, 0.2 * (1 - root), 0.0001);
  }

  @Test
  void settings_outOfRange_nameTheSetting() {
    PruningNetSpec spec =
        new PruningNetSpec(
            32, 0, 128, 0.1, Schedule.COSINE, 0.1, 4, 0, 1, PruningNetSpec.Training.ALONE);
    assertThatThrownBy(() -> TrainingSettings.of(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("training: epochs is 0, expected at least 1");
  }

  private static void assertRates(Schedule schedule, double... expected) {
    double[] done = {0, 0.25, 0.5, 0.75, 0.99};
    TrainingSettings settings =
        TrainingSettings.of(
            new PruningNetSpec(
                32, 4, 128, 0.4, schedule, 0.1, 4, 0, 1, PruningNetSpec.Training.ALONE));
    for (int i = 0; i < done.length; i++) {
      assertThat(settings.learningRate(done[i]))
          .as("%s after %s", schedule, done[i])
          .isCloseTo(expected[i], within(1e-4));
    }
  }
}
