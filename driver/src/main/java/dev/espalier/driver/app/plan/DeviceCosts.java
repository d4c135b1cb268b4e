package dev.espalier.driver.app.plan;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.energy.Coefficients;
import dev.espalier.search.energy.EnergyCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.latency.LatencyText;
import dev.espalier.search.latency.TimedCosts;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.stream.Stream;

/** Prices that depend on the device of a job. */
final class DeviceCosts {

  private static final String LATENCY = "device.latency";
  private static final String ENERGY = "device.energy";

  private DeviceCosts() {}

  /**
   * All prices of a job.
   *
   * @param others that depend on no device
   * @throws BadInputException if the job limits or weighs what is not known of its device, its
   *     table does not reach every structure, or its coefficients are of too large a unit
   */
  static CostModel of(JobSpec spec, SearchSpace space, CostModel others) {
    JobSpec.Device device = spec.device();
    List<String> asked =
        Stream.concat(
                spec.constraints().stream().map(ConstraintSpec::metric),
                spec.search().objectives().stream())
            .toList();
    require(asked, Metric.LATENCY, LATENCY, device.latency());
    require(asked, Metric.ENERGY, ENERGY, device.energy());
    CostModel costs = others;
    if (!device.latency().isEmpty()) {
      costs = TimedCosts.of(costs, space, LatencyText.parse(device.latency(), LATENCY));
    }
    if (!device.energy().isEmpty()) {
      costs = EnergyCosts.of(costs, space, Coefficients.parse(device.energy(), ENERGY));
    }
    return costs;
  }

  private static void require(List<String> asked, Metric metric, String field, String known) {
    if (known.isEmpty() && asked.contains(metric.key())) {
      throw new BadInputException(
          "%s: nothing is found there, but the job limits or weighs %s, expected a file"
              .formatted(field, metric.key()));
    }
  }
}
