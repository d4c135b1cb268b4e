package dev.espalier.driver.report.front;

/**
 * The front of a job beside those of others.
 *
 * @param job its id
 * @param network what was pruned
 * @param structures number of structures in its front
 * @param hypervolume share that it dominates, 0 to 1, of the same box for all jobs
 * @param covered share of its structures that a structure of another job dominates or equals
 */
public record FrontView(
    String job, String network, int structures, double hypervolume, double covered) {}
