package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.SearchSpace;
import java.util.Locale;

/**
 * What the structures of a space can cost. Every metric but latency grows with every gene, so the
 * narrowest and the widest structure are its ends.
 *
 * @param network name of the network, for messages
 * @param least costs of the narrowest structure
 * @param most costs of the widest structure
 */
public record Reach(String network, Costs least, Costs most) {

  /** The reach of a space. */
  public static Reach of(SearchSpace space, CostModel model) {
    return new Reach(
        space.network().name(), model.costs(space.narrowest()), model.costs(space.widest()));
  }

  /**
   * Refuses constraints that provably no structure meets. Passing is no promise: between two widths
   * of the grid nothing may lie, and constraints on several metrics may exclude each other; {@link
   * Feasible} finds out.
   *
   * @throws BadInputException with the metric, what was asked and what can be reached
   */
  public void check(Constraints constraints) {
    for (Constraint constraint : constraints.all()) {
      Metric metric = constraint.metric();
      if (!metric.isGrowing()) {
        continue;
      }
      if (constraint.max() < least.of(metric)) {
        throw refusal(metric, "at most", constraint.max());
      }
      if (constraint.min() > most.of(metric)) {
        throw refusal(metric, "at least", constraint.min());
      }
    }
  }

  private BadInputException refusal(Metric metric, String side, long bound) {
    long low = least.of(metric);
    long high = most.of(metric);
    return new BadInputException(
        String.format(
            Locale.ROOT,
            "constraints.%s: %s %,d is out of reach, expected a bound between %,d (%.1f%%) and"
                + " %,d, what the narrowest and the widest %s of this space cost",
            metric.key(),
            side,
            bound,
            low,
            100.0 * low / high,
            high,
            network));
  }
}
