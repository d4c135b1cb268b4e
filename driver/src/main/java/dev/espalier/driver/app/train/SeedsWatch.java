package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.spark.slice.SliceListener;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Watches searches with several seeds for the monitor of their job, as one progress. */
final class SeedsWatch implements SliceListener<SeedRun.Told> {

  private final JobMonitor monitor;
  private final List<Long> seeds;
  private final long stepsOfEach;
  private final long[] steps;
  private final BitSet known;
  private final BitSet ended;
  private int diverged;

  /**
   * A watch.
   *
   * @param seeds by the number of their work
   * @param stepsOfEach the steps of one search
   */
  SeedsWatch(JobMonitor monitor, List<Long> seeds, long stepsOfEach) {
    this.monitor = monitor;
    this.seeds = List.copyOf(seeds);
    this.stepsOfEach = stepsOfEach;
    this.steps = new long[seeds.size()];
    this.known = new BitSet();
    this.ended = new BitSet();
  }

  @Override
  public boolean done(int work, SeedRun.Told told) {
    if (!known.get(work) && !told.resumed().isEmpty()) {
      note(work, told.resumed());
    }
    known.set(work);
    told.notes().forEach(line -> note(work, line.strip()));
    steps[work] = Math.max(steps[work], told.steps());
    ended.set(work, !told.goesOn());
    TrainingDivergedException reason = told.diverged();
    if (reason != null) {
      diverged++;
      note(work, "left out, as its " + reason.getMessage());
      refuseToLeaveOutAll(reason);
    }
    monitor.progress(
        new Progress(
            Arrays.stream(steps).sum(),
            stepsOfEach * seeds.size(),
            "steps",
            "%d of %d seeds done".formatted(ended.cardinality(), seeds.size())));
    return told.goesOn();
  }

  private void refuseToLeaveOutAll(TrainingDivergedException reason) {
    if (diverged == seeds.size()) {
      throw new TrainingDivergedException(reason, "None of the seeds %s is left.".formatted(seeds));
    }
  }

  private void note(int work, String line) {
    monitor.note("  seed %d: %s".formatted(seeds.get(work), line));
  }
}
