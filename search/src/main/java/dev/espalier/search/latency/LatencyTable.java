package dev.espalier.search.latency;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What operations take on a device, at some widths, and from it what networks take there: the sum
 * over their operations, with straight lines between the widths that were timed, in both
 * directions. Immutable and thread-safe.
 */
public final class LatencyTable {

  private final Device device;
  private final Map<Kernel, Timing> timings;
  private final Map<Operation, NavigableMap<Integer, NavigableMap<Integer, Timing>>> surfaces =
      new LinkedHashMap<>();

  /** A table of these times. */
  public LatencyTable(Device device, Map<Kernel, Timing> timings) {
    this.device = device;
    this.timings = Collections.unmodifiableMap(new LinkedHashMap<>(timings));
    timings.forEach(
        (kernel, timing) ->
            surfaces
                .computeIfAbsent(kernel.operation(), operation -> new TreeMap<>())
                .computeIfAbsent(kernel.in(), in -> new TreeMap<>())
                .put(kernel.out(), timing));
  }

  /** Where they were measured. */
  public Device device() {
    return device;
  }

  /** What was timed, in the order of the table. */
  public Map<Kernel, Timing> timings() {
    return timings;
  }

  /**
   * What one call of a network takes, in microseconds.
   *
   * @throws BadInputException if it has an operation, or a width, that the table does not reach
   */
  public double microseconds(Network network) {
    double sum = 0;
    for (Kernel kernel : Kernels.of(network, device)) {
      sum += microseconds(kernel);
    }
    return sum;
  }

  /**
   * What one operation takes, in microseconds; never less than nothing.
   *
   * @throws BadInputException as above
   */
  public double microseconds(Kernel kernel) {
    NavigableMap<Integer, NavigableMap<Integer, Timing>> rows = surfaces.get(kernel.operation());
    if (rows == null) {
      throw new BadInputException(
          "latency table of %s: it has no %s. Maybe profile the space again?"
              .formatted(device.name(), kernel.operation()));
    }
    int in = kernel.in();
    var below = rows.floorEntry(in);
    var above = rows.ceilingEntry(in);
    if (below == null || above == null) {
      throw outside(kernel, "read", in, rows);
    }
    double low = along(below.getValue(), kernel);
    double high = along(above.getValue(), kernel);
    return Math.max(0, between(in, below.getKey(), low, above.getKey(), high));
  }

  private double along(NavigableMap<Integer, Timing> row, Kernel kernel) {
    if (!kernel.operation().kind().isBetweenWidths()) {
      return row.firstEntry().getValue().mean();
    }
    int out = kernel.out();
    var below = row.floorEntry(out);
    var above = row.ceilingEntry(out);
    if (below == null || above == null) {
      throw outside(kernel, "written", out, row);
    }
    return between(
        out, below.getKey(), below.getValue().mean(), above.getKey(), above.getValue().mean());
  }

  private static double between(int at, int left, double low, int right, double high) {
    return left == right ? low : low + (high - low) * (at - left) / (right - left);
  }

  private BadInputException outside(
      Kernel kernel, String side, int found, SortedMap<Integer, ?> known) {
    return new BadInputException(
        "latency table of %s: %s: %d channels %s, expected %d to %d, as in the table. Maybe profile the space again?"
            .formatted(
                device.name(), kernel.operation(), found, side, known.firstKey(), known.lastKey()));
  }
}
