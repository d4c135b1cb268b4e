package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * Watches the training of one structure.
 *
 * @param screen told of steps and of what people should know
 * @param resumed told from where the training goes on
 */
record TuningWatch(JobListener screen, Consumer<String> resumed) implements TrainingListener {

  @Override
  public void resumed(Path checkpoint, long step) {
    resumed.accept("Goes on from step %d".formatted(step));
  }

  @Override
  public void damaged(BadInputException problem) {
    screen.note("Did not use a checkpoint: " + problem.getMessage());
  }

  @Override
  public void step(Step step) {
    screen.progress(
        new Progress(
            (long) step.epoch() * step.steps() + step.step() + 1,
            (long) step.epochs() * step.steps(),
            "steps",
            "loss %.3f".formatted(step.loss())));
  }
}
