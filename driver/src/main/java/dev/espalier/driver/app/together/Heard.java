package dev.espalier.driver.app.together;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gathers, on a worker, what a training tells during a slice. Used by the thread of the slice. */
public final class Heard implements JobListener {

  private final List<String> notes = new ArrayList<>();
  private String resumed = "";
  private long steps;

  /**
   * Does a slice.
   *
   * @param training goes on until the end, or until it is asked to pause; empty if it pauses
   */
  public Told slice(Supplier<? extends Optional<?>> training) {
    try {
      return told(training.get().isEmpty());
    } catch (TrainingDivergedException e) {
      // Without the sentence about a checkpoint, whose path is the worker's.
      return new Told(
          false,
          resumed,
          steps,
          List.copyOf(notes),
          e.getCause() instanceof TrainingDivergedException reason ? reason : e);
    }
  }

  /** Each slice goes on from somewhere; the driver knows whether that is worth telling. */
  public void resumed(String text) {
    resumed = text;
  }

  @Override
  public void progress(Progress progress) {
    steps = progress.done();
  }

  @Override
  public void note(String line) {
    notes.add(line);
  }

  private Told told(boolean goesOn) {
    return new Told(goesOn, resumed, steps, List.copyOf(notes), null);
  }
}
