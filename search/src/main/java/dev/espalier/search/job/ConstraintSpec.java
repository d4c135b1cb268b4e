package dev.espalier.search.job;

import org.jspecify.annotations.Nullable;

/**
 * What one metric of every structure must meet.
 *
 * @param metric name of the metric, e.g. {@code macs}
 * @param min least value, absolute ({@code 20M}) or relative to the full network ({@code 40%}), or
 *     null
 * @param max greatest value, written like {@code min}, or null
 */
public record ConstraintSpec(String metric, @Nullable String min, @Nullable String max) {

  /** Refuses a constraint that allows everything. */
  public ConstraintSpec {
    if (min == null && max == null) {
      throw new BadInputException(
          "constraints: the one for %s has no min and no max, expected at least one of them"
              .formatted(metric));
    }
  }
}
