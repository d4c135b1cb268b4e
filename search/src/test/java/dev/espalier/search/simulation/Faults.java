package dev.espalier.search.simulation;

import dev.espalier.search.simulation.Fault.Kind;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The faults of one part of the world, which counts its uses here. */
final class Faults {

  private final Map<Long, Kind> planned;
  private final Set<Kind> met = EnumSet.noneOf(Kind.class);
  private long uses;

  Faults(Map<Long, Kind> planned) {
    this.planned = planned;
  }

  static Faults none() {
    return new Faults(Map.of());
  }

  /** The part is used once more: what goes wrong this time, if anything. */
  Optional<Kind> next() {
    Optional<Kind> fault = Optional.ofNullable(planned.get(uses++));
    fault.ifPresent(met::add);
    return fault;
  }

  /** What went wrong so far. */
  Set<Kind> met() {
    return met;
  }
}
