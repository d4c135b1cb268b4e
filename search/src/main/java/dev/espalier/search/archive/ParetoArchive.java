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

  private record Entry(Trial trial, double[] vector) {}

  private final Objectives objectives;
  private final List<Entry> entries;

  private ParetoArchive(Objectives objectives, List<Entry> entries) {
    this.objectives = objectives;
    this.entries = entries;
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
    List<Entry> kept = new ArrayList<>(entries.size() + 1);
    for (Entry entry : entries) {
      if (Objectives.dominates(entry.vector(), vector) || Arrays.equals(entry.vector(), vector)) {
        return this;
      }
      if (!Objectives.dominates(vector, entry.vector())) {
        kept.add(entry);
      }
    }
    kept.add(new Entry(trial, vector));
    return new ParetoArchive(objectives, List.copyOf(kept));
  }

  /** Number of trials in the front. */
  public int size() {
    return entries.size();
  }

  /** The front, most accurate first, equally accurate ones in the order of proposal. */
  public List<Trial> front() {
    return entries.stream()
        .map(Entry::trial)
        .sorted(
            Comparator.comparingDouble(Trial::accuracy).reversed().thenComparingLong(Trial::index))
        .toList();
  }

  /** The objective vectors of the front, in no particular order. */
  public List<double[]> vectors() {
    return entries.stream().map(entry -> entry.vector().clone()).toList();
  }
}
