package dev.espalier.worker.metrics;

import dev.espalier.search.evaluation.Outcome;
import dev.espalier.worker.evaluate.EvaluationObserver;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.Locale;

/**
 * The metrics of evaluations. Every label has a fixed, small set of values; all of them are there
 * from the start, with zeros. Thread-safe.
 *
 * <pre>
 * espalier_evaluations_total{outcome="scored|not_finite|time_limit|error|lost"}
 * espalier_evaluation_stage_seconds{stage="generate|recalibrate|score"}
 * espalier_cache_lookups_total{result="hit|miss"}
 * espalier_cached_images_total
 * </pre>
 */
public final class EvaluationMetrics implements EvaluationObserver {

  private static final String SCORED = "scored";
  private static final String HIT = "hit";
  private static final String MISS = "miss";
  private static final double NANOS_PER_SECOND = 1e9;

  private final Counter evaluations;
  private final Histogram stages;
  private final Counter lookups;
  private final Counter cachedImages;

  /** Registers the metrics; a registry takes them once. */
  public EvaluationMetrics(PrometheusRegistry registry) {
    evaluations =
        Counter.builder()
            .name("espalier_evaluations_total")
            .help("Finished evaluations by outcome")
            .labelNames("outcome")
            .register(registry);
    stages =
        Histogram.builder()
            .name("espalier_evaluation_stage_seconds")
            .help("Time that evaluations spent in each stage")
            .classicOnly()
            .classicUpperBounds(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300)
            .labelNames("stage")
            .register(registry);
    lookups =
        Counter.builder()
            .name("espalier_cache_lookups_total")
            .help("Entries asked of the score cache, by whether it had them")
            .labelNames("result")
            .register(registry);
    cachedImages =
        Counter.builder()
            .name("espalier_cached_images_total")
            .help("Images whose score came from the cache")
            .register(registry);
    evaluations.initLabelValues(SCORED);
    for (Outcome.Failed.Kind kind : Outcome.Failed.Kind.values()) {
      evaluations.initLabelValues(label(kind));
    }
    for (Stage stage : Stage.values()) {
      stages.initLabelValues(label(stage));
    }
    lookups.initLabelValues(HIT);
    lookups.initLabelValues(MISS);
  }

  @Override
  public void evaluated(EvaluationReport report) {
    evaluations.labelValues(label(report.evaluation().outcome())).inc();
    report
        .stages()
        .forEach(
            (stage, time) ->
                stages.labelValues(label(stage)).observe(time.toNanos() / NANOS_PER_SECOND));
    lookups.labelValues(HIT).inc(report.hits());
    lookups.labelValues(MISS).inc(report.misses());
    cachedImages.inc(report.evaluation().cachedImages());
  }

  private static String label(Outcome outcome) {
    return outcome instanceof Outcome.Failed failed ? label(failed.kind()) : SCORED;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
