package dev.espalier.search.latency;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;

/**
 * Costs with latency, by a table. Dropped weights of layers change nothing. Thread-safe.
 *
 * @param others prices everything else
 * @param space of the structures
 * @param table of the device
 */
public record TimedCosts(CostModel others, SearchSpace space, LatencyTable table)
    implements CostModel {

  private static final int NANOSECONDS = 1000;
  private static final int ENDS = 2;

  /**
   * Looks first whether the table reaches every structure.
   *
   * @throws dev.espalier.search.job.BadInputException naming the first operation that it does not
   */
  public static TimedCosts of(CostModel others, SearchSpace space, LatencyTable table) {
    Survey.of(space.apply(space.narrowest()), space.network(), table.device(), ENDS)
        .forEach(table::microseconds);
    return new TimedCosts(others, space, table);
  }

  @Override
  public Costs costs(Structure structure) {
    double microseconds = table.microseconds(space.apply(structure));
    return others.costs(structure).withLatency(Math.round(NANOSECONDS * microseconds));
  }
}
