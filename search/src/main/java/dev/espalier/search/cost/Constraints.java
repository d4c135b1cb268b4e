package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a structure must meet before it is worth an evaluation. Immutable.
 *
 * @param all at most one constraint per metric
 */
public record Constraints(List<Constraint> all) {

  /** No constraint. */
  public static final Constraints NONE = new Constraints(List.of());

  /**
   * Copies the list and joins constraints of one metric; a {@link BadInputException} if two exclude
   * each other.
   */
  public Constraints {
    Map<Metric, Constraint> joined = new EnumMap<>(Metric.class);
    all.forEach(constraint -> joined.merge(constraint.metric(), constraint, Constraint::and));
    all = List.copyOf(joined.values());
  }

  /** Several constraints that hold at once. */
  public static Constraints of(Constraint... all) {
    return new Constraints(List.of(all));
  }

  /**
   * The constraints as a job writes them.
   *
   * @param full costs of the unpruned network, to which shares refer
   * @throws BadInputException if a metric is unknown, a bound unreadable or two exclude each other
   */
  public static Constraints from(Collection<ConstraintSpec> specs, Costs full) {
    return new Constraints(specs.stream().map(spec -> Constraint.from(spec, full)).toList());
  }

  /** Whether costs meet every constraint. */
  public boolean allows(Costs costs) {
    for (Constraint constraint : all) {
      if (!constraint.allows(costs.of(constraint.metric()))) {
        return false;
      }
    }
    return true;
  }

  /** One line for each constraint that costs do not meet. */
  public List<String> violations(Costs costs) {
    List<String> violations = new ArrayList<>();
    for (Constraint constraint : all) {
      long value = costs.of(constraint.metric());
      if (value > constraint.max()) {
        violations.add(line(constraint.metric(), value, "above the maximum", constraint.max()));
      } else if (value < constraint.min()) {
        violations.add(line(constraint.metric(), value, "below the minimum", constraint.min()));
      }
    }
    return violations;
  }

  private static String line(Metric metric, long value, String side, long bound) {
    return "%s: %s is %s of %s"
        .formatted(metric.key(), metric.words(value), side, metric.words(bound));
  }

  /** How far costs are from meeting all constraints; 0 if they do. */
  double excess(Costs costs) {
    double sum = 0;
    for (Constraint constraint : all) {
      sum += constraint.excess(costs.of(constraint.metric()));
    }
    return sum;
  }
}
