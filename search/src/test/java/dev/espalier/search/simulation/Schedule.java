package dev.espalier.search.simulation;

import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.simulation.Fault.Kind;
import dev.espalier.search.simulation.Fault.Part;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/**
 * What happens in a simulated world: what is searched, how fast workers are, and what goes wrong.
 * As text, from which it can be played again: {@code search=3 faults=17 DISK_FULL@17 LOOP_STOP@4}.
 *
 * @param searchSeed decides what is searched
 * @param faultSeed decides how long attempts take and what a power loss leaves
 * @param faults what goes wrong
 */
public record Schedule(long searchSeed, long faultSeed, List<Fault> faults) {

  private static final int MOST_FAULTS = 8;

  /** Searches that are told apart; each has to be run once without faults. */
  static final int SEARCHES = 40;

  /** Keeps a copy of the faults. */
  public Schedule {
    faults = List.copyOf(faults);
  }

  /** The schedule of a number. */
  public static Schedule of(long number) {
    RandomGenerator random = new RandomStreams(number).stream("schedule", 0);
    List<Fault> faults = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_FAULTS);
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
      faults.add(new Fault(kind, random.nextInt(kind.range())));
    }
    return new Schedule(Math.floorMod(number, SEARCHES), number, faults);
  }

  /** Reads what {@link #toString} writes. */
  public static Schedule parse(String text) {
    List<String> words = Arrays.asList(text.trim().split("\\s+"));
    return new Schedule(
        Long.parseLong(words.get(0).replace("search=", "")),
        Long.parseLong(words.get(1).replace("faults=", "")),
        words.subList(2, words.size()).stream().map(Fault::parse).toList());
  }

  /** The same world with other faults. */
  Schedule with(List<Fault> others) {
    return new Schedule(searchSeed, faultSeed, others);
  }

  /** The faults of a part. */
  Faults of(Part part) {
    Map<Long, Kind> planned = new HashMap<>();
    faults.stream()
        .filter(fault -> fault.kind().part() == part)
        .forEach(fault -> planned.put(fault.at(), fault.kind()));
    return new Faults(planned);
  }

  /** The random numbers of a part of the world. */
  RandomGenerator random(String part) {
    return new RandomStreams(faultSeed).stream(part, 0);
  }

  @Override
  public String toString() {
    return faults.stream()
        .map(fault -> " " + fault)
        .collect(Collectors.joining("", "search=" + searchSeed + " faults=" + faultSeed, ""));
  }
}
