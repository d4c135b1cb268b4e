package dev.espalier.search.job;

/**
 * What people see of a job.
 *
 * @param name begins the job's id: lower-case letters, digits and dashes
 * @param metricsPort loopback port of the Prometheus metrics while the job runs; 0 takes a free one
 */
public record OutputSpec(String name, int metricsPort) {

  /** A job without a name of its own. */
  public static final OutputSpec DEFAULT = new OutputSpec("job", 0);
}
