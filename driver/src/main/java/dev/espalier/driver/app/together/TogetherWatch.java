package dev.espalier.driver.app.together;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.spark.slice.SliceListener;
import dev.espalier.pruningnet.training.TrainingDivergedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** Watches trainings side by side for their job, as one progress. */
final class TogetherWatch implements SliceListener<Told> {

  private final JobListener screen;
  private final String kind;
  private final List<String> names;
  private final int kept;
  private final long stepsOfEach;
  private final long[] steps;
  private final BitSet known;
  private final BitSet ended;
  private final List<TrainingDivergedException> diverged;

  /**
   * A watch.
   *
   * @param kind what they are, in the plural
   * @param names by the number of their work
   * @param kept how many others were at their ends before
   * @param stepsOfEach the steps of one training
   */
  TogetherWatch(JobListener screen, String kind, List<String> names, int kept, long stepsOfEach) {
    this.screen = screen;
    this.kind = kind;
    this.names = List.copyOf(names);
    this.kept = kept;
    this.stepsOfEach = stepsOfEach;
    this.steps = new long[names.size()];
    this.known = new BitSet();
    this.ended = new BitSet();
    this.diverged = new ArrayList<>();
  }

  @Override
  public boolean done(int work, Told told) {
    if (!known.get(work) && !told.resumed().isEmpty()) {
      note(work, told.resumed());
    }
    known.set(work);
    told.notes().forEach(line -> note(work, line.strip()));
    steps[work] = Math.max(steps[work], told.steps());
    ended.set(work, !told.goesOn());
    TrainingDivergedException reason = told.diverged();
    if (reason != null) {
      diverged.add(reason);
      note(work, "left out, as its " + reason.getMessage());
      refuseToLeaveOutAll(reason);
    }
    screen.progress(
        new Progress(
            Arrays.stream(steps).sum(),
            stepsOfEach * names.size(),
            "steps",
            "%d of %d %s done".formatted(ended.cardinality(), names.size(), kind)));
    return told.goesOn();
  }

  /** Why trainings were left out. */
  List<TrainingDivergedException> diverged() {
    return List.copyOf(diverged);
  }

  private void refuseToLeaveOutAll(TrainingDivergedException reason) {
    if (kept == 0 && diverged.size() == names.size()) {
      throw new TrainingDivergedException(
          reason, "None of the %s %s is left.".formatted(kind, names));
    }
  }

  private void note(int work, String line) {
    screen.note("  %s: %s".formatted(names.get(work), line));
  }
}
