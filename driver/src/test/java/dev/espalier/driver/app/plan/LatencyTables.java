package dev.espalier.driver.app.plan;

import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.latency.Survey;
import dev.espalier.search.latency.Timing;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.LinkedHashMap;
import java.util.Map;

/** Latency tables of machines that are not there. */
public final class LatencyTables {

  private LatencyTables() {}

  /**
   * A table of a network of the zoo over small images: a microsecond for each channel read and
   * written.
   */
  public static String of(String network) {
    SearchSpace space =
        SearchSpace.of(Zoo.network(network, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
    Device device = new Device("phone", "chip", "runtime 1", 1, 1, 0);
    Map<Kernel, Timing> timings = new LinkedHashMap<>();
    for (Kernel kernel : Survey.of(space.apply(space.narrowest()), space.network(), device, 4)) {
      timings.put(kernel, new Timing(2, kernel.in() + kernel.out(), 0));
    }
    return LatencyText.of(new LatencyTable(device, timings));
  }
}
