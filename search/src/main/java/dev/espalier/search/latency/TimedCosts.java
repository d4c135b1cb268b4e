package dev.espalier.search.latency;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
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
   * @throws BadInputException naming the first operation that it does not, or if by the table the
   *     widest structure takes no time
   */
  public static TimedCosts of(CostModel others, SearchSpace space, LatencyTable table) {
    Survey.of(space.apply(space.narrowest()), space.network(), table.device(), ENDS)
        .forEach(table::microseconds);
    TimedCosts costs = new TimedCosts(others, space, table);
    if (costs.nanoseconds(space.network()) == 0) {
      throw new BadInputException(
          "latency table of %s: by it the unpruned network takes no time, expected some. Maybe profile the space again?"
              .formatted(table.device().name()));
    }
    return costs;
  }

  @Override
  public Costs costs(Structure structure) {
    return others.costs(structure).withLatency(nanoseconds(space.apply(structure)));
  }

  private long nanoseconds(Network network) {
    return Math.round(NANOSECONDS * table.microseconds(network));
  }
}
