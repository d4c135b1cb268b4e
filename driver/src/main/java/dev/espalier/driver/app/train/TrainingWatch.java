package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Supplier;

/** Watches a training for the monitor of its job. */
public final class TrainingWatch implements TrainingListener {

  private final JobMonitor monitor;
  private final Supplier<String> accuracy;

  /**
   * A watch.
   *
   * @param accuracy measures what the PruningNet is worth, in words; asked after every epoch
   */
  TrainingWatch(JobMonitor monitor, Supplier<String> accuracy) {
    this.monitor = monitor;
    this.accuracy = accuracy;
  }

  @Override
  public void step(Step step) {
    monitor.metrics().trainingSpeed(step.imagesPerSecond());
    monitor.progress(
        new Progress(
            (long) step.epoch() * step.steps() + step.step() + 1,
            (long) step.epochs() * step.steps(),
            "steps",
            String.format(
                Locale.ROOT,
                "epoch %d of %d, loss %.3f, %.0f images/s",
                step.epoch() + 1,
                step.epochs(),
                step.loss(),
                step.imagesPerSecond())));
  }

  @Override
  public void epoch(Epoch epoch) {
    monitor.note(
        String.format(
            Locale.ROOT,
            "  epoch %d of %d: loss %.3f, %.0f images/s, %s",
            epoch.epoch() + 1,
            epoch.epochs(),
            epoch.loss(),
            epoch.imagesPerSecond(),
            accuracy.get()));
  }

  @Override
  public void resumed(Path checkpoint, long step) {
    monitor.note("Goes on from step %d".formatted(step));
  }

  @Override
  public void damaged(BadInputException problem) {
    monitor.note("Did not use a checkpoint: " + problem.getMessage());
  }
}
