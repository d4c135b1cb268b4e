package dev.espalier.driver.app.together;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.spark.slice.FolderWork;
import dev.espalier.driver.spark.slice.SlicedWork;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Trainings of a job side by side on its workers, a slice at a time.
 *
 * @param kind what they are, in the plural
 * @param screen shows how they get on
 * @param stop asks all to pause
 */
public record SideBySide(String kind, JobListener screen, BooleanSupplier stop) {

  /**
   * One training.
   *
   * @param name what people call it
   * @param work what to do
   * @param folder where its files lie; it goes on from them
   */
  public record Run(String name, SlicedWork<Told> work, Path folder) {}

  /**
   * How it ended.
   *
   * @param finished whether none would go on
   * @param diverged why trainings were left out; their files are as they were
   */
  public record Ended(boolean finished, List<TrainingDivergedException> diverged) {}

  /**
   * Trains all to their ends, or until asked to stop. One that diverges is left out with a note.
   *
   * @param kept how many others were at their ends before
   * @param stepsOfEach the steps of one training
   * @throws TrainingDivergedException if all diverge, and none was kept
   */
  public Ended run(List<Run> runs, int kept, long stepsOfEach, SparkSlices slices) {
    List<String> names = runs.stream().map(Run::name).toList();
    TogetherWatch watch = new TogetherWatch(screen, kind, names, kept, stepsOfEach);
    boolean finished =
        slices.run(
            runs.stream().map(run -> new FolderWork<>(run.work(), run.folder())).toList(),
            watch,
            stop);
    return new Ended(finished, watch.diverged());
  }
}
