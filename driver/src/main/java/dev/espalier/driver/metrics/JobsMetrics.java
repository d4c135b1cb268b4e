package dev.espalier.driver.metrics;

import dev.espalier.worker.metrics.EvaluationMetrics;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of all jobs that this process runs, and the endpoint that serves them. What
 * evaluations do is counted for the process; what a job has come to carries its id as label {@code
 * job_id}, from its beginning to its end, so there are never more than the jobs that run.
 * Thread-safe.
 */
public final class JobsMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EvaluationMetrics evaluations = new EvaluationMetrics(registry);
  private final Gauge inFlight =
      ofJob("espalier_structures_in_flight", "Structures submitted and not yet measured");
  private final Gauge trials =
      ofJob("espalier_trials", "Structures that the search has learned from");
  private final Gauge bestAccuracy =
      ofJob("espalier_best_accuracy_ratio", "Best accuracy on the selection images, 0 to 1");
  private final Gauge hypervolume =
      ofJob(
          "espalier_hypervolume_ratio",
          "Share that the front dominates of the box from no error at no cost to all at full cost");
  private final Gauge trainingSpeed =
      ofJob(
          "espalier_training_images_per_second",
          "Images per second in the latest step of training the PruningNet");
  private final Gauge alphaShare =
      Gauge.builder()
          .name("espalier_alpha_share_ratio")
          .help("Share of an option in a choice of the architecture that is being found")
          .labelNames("job_id", "choice", "option")
          .register(registry);
  private volatile @Nullable MetricsServer server;

  /** The metrics of a job that begins; whoever asks closes them when it ends. */
  public JobMetrics begin(String job) {
    return new JobMetrics(this, job);
  }

  /**
   * Serves all metrics of this process, and those of the JVM.
   *
   * @param option what people call the port
   * @param address to listen at
   * @param port TCP port, or 0 for a free one
   * @throws dev.espalier.search.job.BadInputException if the port cannot be used
   */
  public MetricsServer serve(String option, InetAddress address, int port) {
    MetricsServer started = MetricsServer.start(option, address, port, registry);
    server = started;
    return started;
  }

  /** The endpoint, or null before it is served. */
  @Nullable MetricsServer server() {
    return server;
  }

  PrometheusRegistry registry() {
    return registry;
  }

  EvaluationMetrics evaluations() {
    return evaluations;
  }

  Gauge inFlight() {
    return inFlight;
  }

  Gauge trials() {
    return trials;
  }

  Gauge bestAccuracy() {
    return bestAccuracy;
  }

  Gauge hypervolume() {
    return hypervolume;
  }

  Gauge trainingSpeed() {
    return trainingSpeed;
  }

  Gauge alphaShare() {
    return alphaShare;
  }

  /** Forgets a job. */
  void end(String job) {
    List.of(inFlight, trials, bestAccuracy, hypervolume, trainingSpeed)
        .forEach(gauge -> gauge.remove(job));
  }

  private Gauge ofJob(String name, String help) {
    return Gauge.builder().name(name).help(help).labelNames("job_id").register(registry);
  }
}
