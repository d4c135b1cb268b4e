package dev.espalier.driver.metrics;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.worker.evaluate.EvaluationObserver;
import java.net.InetAddress;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The metrics of one job among those of its process. Thread-safe. */
public final class JobMetrics implements AutoCloseable {

  private final JobsMetrics all;
  private final String job;
  private final Set<List<String>> choices = new HashSet<>();
  private @Nullable MetricsServer own;

  JobMetrics(JobsMetrics all, String job) {
    this.all = all;
    this.job = job;
  }

  /** The metrics of a job that is alone in its process. */
  public static JobMetrics alone(String job) {
    return new JobsMetrics().begin(job);
  }

  /** Structures under way. */
  public void inFlight(long structures) {
    all.inFlight().labelValues(job).set(structures);
  }

  /** Structures told to the strategy. */
  public void trials(long count) {
    all.trials().labelValues(job).set(count);
  }

  /** Best accuracy so far, 0 to 1. */
  public void bestAccuracy(double share) {
    all.bestAccuracy().labelValues(job).set(share);
  }

  /** Hypervolume of the front, 0 to 1. */
  public void hypervolume(double share) {
    all.hypervolume().labelValues(job).set(share);
  }

  /** Speed of training. */
  public void trainingSpeed(double imagesPerSecond) {
    all.trainingSpeed().labelValues(job).set(imagesPerSecond);
  }

  /** What the search for an architecture says of its choices. */
  public synchronized void alphas(Alphas alphas) {
    alphas
        .choices()
        .keySet()
        .forEach(
            choice -> {
              double[] shares = alphas.shares(choice);
              for (int option = 0; option < shares.length; option++) {
                String number = Integer.toString(option);
                all.alphaShare().labelValues(job, choice, number).set(shares[option]);
                choices.add(List.of(job, choice, number));
              }
            });
  }

  /** Counts finished evaluations by outcome and stage, and the cache's hits and misses. */
  public EvaluationObserver evaluations() {
    return all.evaluations();
  }

  /**
   * Sees to it that the metrics are served, by the endpoint of the process or else by one of the
   * job's own, on loopback.
   *
   * @param port TCP port of one of its own, or 0 for a free one
   * @return the port that they are served at
   */
  public int serve(int port) {
    MetricsServer server = all.server();
    if (server == null) {
      server = all.serve("output.metricsPort", InetAddress.getLoopbackAddress(), port);
      own = server;
    }
    return server.port();
  }

  /** Forgets the job. */
  @Override
  public void close() {
    all.end(job);
    forgetAlphas();
    if (own != null) {
      own.close();
    }
  }

  private synchronized void forgetAlphas() {
    choices.forEach(labels -> all.alphaShare().remove(labels.toArray(String[]::new)));
    choices.clear();
  }
}
