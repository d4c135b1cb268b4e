package dev.espalier.driver.metrics;

import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;

/** How one job goes on, as gauges. Thread-safe. */
public final class JobMetrics {

  private final Gauge queue;
  private final Gauge trials;
  private final Gauge bestAccuracy;
  private final Gauge hypervolume;
  private final Gauge trainingSpeed;

  /** Registers the gauges, all 0. */
  public JobMetrics(PrometheusRegistry registry) {
    this.queue = gauge(registry, "espalier_queue", "Structures submitted and not yet measured.");
    this.trials =
        gauge(registry, "espalier_trials", "Structures that the search has learned from.");
    this.bestAccuracy =
        gauge(
            registry,
            "espalier_best_accuracy_ratio",
            "Best accuracy on the selection images, 0 to 1.");
    this.hypervolume =
        gauge(
            registry,
            "espalier_hypervolume_ratio",
            "Share of the box between no error at no cost and all error at full cost that the front"
                + " dominates.");
    this.trainingSpeed =
        gauge(
            registry,
            "espalier_training_images_per_second",
            "Images per second in the latest steps of training the PruningNet.");
  }

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

  private static Gauge gauge(PrometheusRegistry registry, String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }
}
