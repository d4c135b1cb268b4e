package dev.espalier.search.job;

/**
 * What people see of a job, and how soon. Nothing here changes what the job finds.
 *
 * @param name begins the job's id: lower-case letters, digits and dashes
 * @param metricsPort loopback port of the Prometheus metrics while the job runs; 0 takes a free one
 * @param priority among the jobs that wait for a service: each point is a head start of an hour
 */
public record OutputSpec(String name, int metricsPort, int priority) {

  /** A job without a name of its own. */
  public static final OutputSpec DEFAULT = new OutputSpec("job", 0, 0);
}
