package dev.espalier.search.simulation;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.journal.JournalReader;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.run.SearchState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Watches a search over all its lives and checks after every step what must always hold: an
 * acknowledged result is durable, none is acknowledged twice, trials come in their order, and there
 * are never more of them than the budget.
 */
final class Witness implements SearchListener {

  private final int budget;
  private final Set<Long> acknowledged = new HashSet<>();
  private MemoryDisk disk;
  private long told;
  private boolean dispossessed;

  Witness(int budget, MemoryDisk disk) {
    this.budget = budget;
    this.disk = disk;
  }

  /** The search goes on with this disk. */
  void moved(MemoryDisk to) {
    this.disk = to;
  }

  /** From now on whoever is watched must not acknowledge anything. */
  void dispossess() {
    dispossessed = true;
  }

  /** Whoever is watched from now on is the owner. */
  void repossess() {
    dispossessed = false;
  }

  boolean isDispossessed() {
    return dispossessed;
  }

  @Override
  public void began(SearchState<?> state) {
    told = state.told();
    long known = told + state.inFlight().stream().filter(one -> one.outcome().isPresent()).count();
    Violation.unless(
        known >= acknowledged.size(),
        "the search begins with %d results, but %d were acknowledged",
        known,
        acknowledged.size());
  }

  @Override
  public void returned(Evaluation evaluation) {
    long index = evaluation.candidate().index();
    Violation.unless(!dispossessed, "an owner that was replaced acknowledged result %d", index);
    Violation.unless(acknowledged.add(index), "result %d was acknowledged twice", index);
    Violation.unless(index < budget, "candidate %d is beyond the budget of %d", index, budget);
    requireDurable();
  }

  @Override
  public void told(Trial trial) {
    Violation.unless(trial.index() == told, "trial %d was told, expected %d", trial.index(), told);
    told++;
    Violation.unless(told <= budget, "%d trials were told, more than the budget", told);
  }

  /** All that was acknowledged would be there if the power went off now. */
  void requireDurable() {
    List<Long> kept = journaled(disk.afterPowerLoss(MemoryDisk.Survival.FORCED_ONLY));
    Set<Long> once = new HashSet<>(kept);
    Violation.unless(once.size() == kept.size(), "results are in the journal twice: %s", kept);
    Violation.unless(
        once.containsAll(acknowledged),
        "of the acknowledged results %s only %s are durable",
        acknowledged,
        kept);
  }

  /** The candidates whose results are in the journal, as often as they are. */
  static List<Long> journaled(MemoryDisk disk) {
    List<Long> indices = new ArrayList<>();
    try {
      var reader = JournalReader.open(disk);
      if (reader.isPresent()) {
        reader.get().replay(-1, evaluation -> indices.add(evaluation.candidate().index()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return indices;
  }
}
