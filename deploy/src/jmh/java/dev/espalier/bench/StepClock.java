package dev.espalier.bench;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.job.PruningNetSpec;

/** How much of a processor's time the steps of a training take, the first one not counted. */
final class StepClock {

  private StepClock() {}

  /**
   * Nanoseconds from the end of the first step to that of the last one of an epoch.
   *
   * @param batch images per step
   * @param labelSmoothing of the targets
   */
  static double nanos(Trainee trainee, TrainingData data, int batch, double labelSmoothing) {
    TrainingSettings settings =
        new TrainingSettings(
            1,
            batch,
            1e-3,
            PruningNetSpec.Schedule.LINEAR,
            0.9,
            0,
            labelSmoothing,
            Augmentation.STANDARD,
            MemoryFormat.CHANNELS_LAST,
            1);
    long[] times = {0, 0};
    TrainingListener clock =
        new TrainingListener() {
          @Override
          public void step(Step step) {
            times[step.step() == 0 ? 0 : 1] = ProcessorTime.nanos();
          }
        };
    try (Trainer trainer = Trainer.of(trainee, data, settings, 1, clock)) {
      trainer.train();
    }
    return times[1] - times[0];
  }
}
