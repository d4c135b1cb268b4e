package dev.espalier.worker.scorer;

import dev.espalier.worker.request.EvaluationContext;
import java.io.Serializable;
import java.time.Duration;

/**
 * Opens what scores structures on a worker. It travels to the worker by Java serialisation, inside
 * a Spark task, so an implementation has no state or a little.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface ScorerSource extends Serializable {

  /**
   * The weights and images of a context, whose files lie on this machine.
   *
   * @throws dev.espalier.search.job.BadInputException if a file is missing or not what its digest
   *     says
   */
  Scorers open(EvaluationContext context);

  /**
   * Longest time that an evaluation may take beyond its limit, because its scorer has to be made
   * anew before or after it.
   */
  default Duration recovery() {
    return Duration.ZERO;
  }
}
