package dev.espalier.search.archive;

import dev.espalier.search.evaluation.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The trials that no other trial dominates. Failed trials never enter; of trials with equal
 * objectives only the first to arrive is kept, so the front depends on the order of arrival, which
 * is the order of proposal.
 *
 * <p>Immutable and thread-safe.
 */
public final class ParetoArchive {

  private static final Comparator<Trial> MOST_ACCURATE_FIRST =
      Comparator.comparingDouble(Trial::accuracy).reversed().thenComparingLong(Trial::index);

  private final Objectives objectives;
  private final List<Entry> entries;

  private ParetoArchive(Objectives objectives, List<Entry> entries) {
    this.objectives = objectives;
    this.entries = entries;
  }

  /** A trial and its vector, worked out once. */
  private static final class Entry {
    private final Trial trial;
    private final double[] vector;

    Entry(Trial trial, double[] vector) {
      this.trial = trial;
      this.vector = vector;
    }
  }

  /** An empty archive. */
  public static ParetoArchive empty(Objectives objectives) {
    return new ParetoArchive(objectives, List.of());
  }

  /** What is weighed. */
  public Objectives objectives() {
    return objectives;
  }

  /** The archive with a trial; this very archive if the trial failed or is dominated or equal. */
  public ParetoArchive plus(Trial trial) {
    if (!trial.scored()) {
      return this;
    }
    double[] vector = objectives.of(trial);
    for (Entry entry : entries) {
      if (Objectives.dominates(entry.vector, vector) || Arrays.equals(entry.vector, vector)) {
        return this;
      }
    }
    List<Entry> kept = new ArrayList<>(entries);
    kept.removeIf(entry -> Objectives.dominates(vector, entry.vector));
    kept.add(new Entry(trial, vector));
    return new ParetoArchive(objectives, List.copyOf(kept));
  }

  /** Number of trials in the front. */
  public int size() {
    return entries.size();
  }

  /** The vectors of the front, in the order of {@link #front}. */
  public List<double[]> vectors() {
    return front().stream().map(objectives::of).toList();
  }

  /** The front, most accurate first, equally accurate ones in the order of proposal. */
  public List<Trial> front() {
    return entries.stream().map(entry -> entry.trial).sorted(MOST_ACCURATE_FIRST).toList();
  }
}
