package dev.espalier.search.cost;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.ConstraintSpec;

/**
 * What one metric of a structure must meet, in absolute numbers.
 *
 * @param metric what is limited
 * @param min least value allowed, 0 for none
 * @param max greatest value allowed, {@link Long#MAX_VALUE} for none
 */
public record Constraint(Metric metric, long min, long max) {

  /** Refuses a constraint that nothing can meet. */
  public Constraint {
    if (min > max) {
      throw new BadInputException(
          "constraints.%s: at least %s and at most %s exclude each other"
              .formatted(metric.key(), metric.words(min), metric.words(max)));
    }
  }

  /** A maximum alone. */
  public static Constraint atMost(Metric metric, long max) {
    return new Constraint(metric, 0, max);
  }

  /** A minimum alone. */
  public static Constraint atLeast(Metric metric, long min) {
    return new Constraint(metric, min, Long.MAX_VALUE);
  }

  /**
   * A constraint as a job writes it.
   *
   * @param full costs of the unpruned network, to which shares refer
   * @throws BadInputException if the metric is unknown, a bound unreadable or min above max
   */
  public static Constraint from(ConstraintSpec spec, Costs full) {
    Metric metric = Metric.parse(spec.metric());
    long all = full.of(metric);
    String field = "constraints." + metric.key();
    String min = spec.min();
    String max = spec.max();
    return new Constraint(
        metric,
        min == null ? 0 : Bound.parse(field + ".min", min, metric).atLeast(all),
        max == null ? Long.MAX_VALUE : Bound.parse(field + ".max", max, metric).atMost(all));
  }

  /** Whether a value meets it. */
  public boolean allows(long value) {
    return min <= value && value <= max;
  }

  /** Both at once; a {@link BadInputException} if they exclude each other. */
  Constraint and(Constraint other) {
    long least = Math.max(min, other.min);
    long most = Math.min(max, other.max);
    return new Constraint(metric, least, most);
  }

  /** How far a value lies outside, as the logarithm of the ratio to the nearer end; 0 inside. */
  double excess(long value) {
    if (allows(value)) {
      return 0;
    }
    return value > max ? Math.log((double) value / max) : Math.log((double) min / value);
  }

  @Override
  public String toString() {
    String text = metric.key();
    if (min > 0) {
      text += " at least " + metric.words(min);
    }
    if (max < Long.MAX_VALUE) {
      text += " at most " + metric.words(max);
    }
    return text;
  }
}
