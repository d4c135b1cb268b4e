package dev.espalier.driver.metrics;

import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.metrics.EvaluationMetrics;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** The metrics of one job. Thread-safe. */
public final class JobMetrics {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EvaluationMetrics evaluations = new EvaluationMetrics(registry);
  private final Gauge queue = gauge("espalier_queue", "Structures submitted and not yet measured");
  private final Gauge trials =
      gauge("espalier_trials", "Structures that the search has learned from");
  private final Gauge bestAccuracy =
      gauge("espalier_best_accuracy_ratio", "Best accuracy on the selection images, 0 to 1");
  private final Gauge hypervolume =
      gauge(
          "espalier_hypervolume_ratio",
          "Share that the front dominates of the box from no error at no cost to all at full cost");
  private final Gauge trainingSpeed =
      gauge(
          "espalier_training_images_per_second",
          "Images per second in the latest step of training the PruningNet");

  /** Structures under way. */
  public void queue(long structures) {
    queue.set(structures);
  }

  /** Structures told to the strategy. */
  public void trials(long count) {
    trials.set(count);
  }

  /** Best accuracy so far, 0 to 1. */
  public void bestAccuracy(double share) {
    bestAccuracy.set(share);
  }

  /** Hypervolume of the front, 0 to 1. */
  public void hypervolume(double share) {
    hypervolume.set(share);
  }

  /** Speed of training. */
  public void trainingSpeed(double imagesPerSecond) {
    trainingSpeed.set(imagesPerSecond);
  }

  /** Counts finished evaluations by outcome and stage, and the cache's hits and misses. */
  public EvaluationObserver evaluations() {
    return evaluations;
  }

  /**
   * Serves all of them, and those of the JVM.
   *
   * @param port TCP port on loopback, or 0 for a free one
   */
  public MetricsServer serve(int port) {
    return MetricsServer.start(port, registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }
}
