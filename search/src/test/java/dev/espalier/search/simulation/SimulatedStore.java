package dev.espalier.search.simulation;

import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.search.simulation.Fault.Kind;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A score store that forgets. It outlives the process of the search, as a shared one does. */
final class SimulatedStore implements ScoreStore {

  private static final int PARTITIONED_CALLS = 20;

  private final Faults faults;
  private Map<String, byte[]> values = new HashMap<>();
  private Map<String, byte[]> before = new HashMap<>();
  private long calls;
  private long unreachableUntil;

  SimulatedStore(Faults faults) {
    this.faults = faults;
  }

  @Override
  public Map<String, byte[]> getAll(Set<String> keys) {
    Optional<Kind> fault = call();
    if (calls <= unreachableUntil) {
      return Map.of();
    }
    Map<String, byte[]> found =
        new HashMap<>(fault.equals(Optional.of(Kind.STORE_STALE)) ? before : values);
    found.keySet().retainAll(keys);
    return found;
  }

  @Override
  public void putAll(Map<String, byte[]> more) {
    Optional<Kind> fault = call();
    if (calls > unreachableUntil && !fault.equals(Optional.of(Kind.STORE_LOSE))) {
      before = new HashMap<>(values);
      values.putAll(more);
    }
  }

  private Optional<Kind> call() {
    Optional<Kind> fault = faults.next();
    calls++;
    if (fault.equals(Optional.of(Kind.STORE_EVICT))) {
      values = new HashMap<>();
    } else if (fault.equals(Optional.of(Kind.STORE_PARTITION))) {
      unreachableUntil = calls + PARTITIONED_CALLS;
    }
    return fault;
  }

  @Override
  public void close() {}
}
