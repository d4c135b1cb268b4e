package dev.espalier.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class EvaluationMetricsTest {

  private static final Candidate CANDIDATE = new Candidate(0, Structure.of(1));

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final EvaluationMetrics metrics = new EvaluationMetrics(registry);

  @Test
  void new_nothingEvaluated_showsEveryOutcomeAsZero() {
    CounterSnapshot evaluations = snapshot("espalier_evaluations", CounterSnapshot.class);

    assertThat(evaluations.getDataPoints())
        .extracting(point -> point.getLabels().get("outcome"), point -> point.getValue())
        .containsExactlyInAnyOrder(
            tuple("scored", 0.0),
            tuple("not_finite", 0.0),
            tuple("time_limit", 0.0),
            tuple("error", 0.0),
            tuple("lost", 0.0));
  }

  @Test
  void evaluated_scoredAndFailed_countsThemAndTheirStages() {
    metrics.evaluated(
        new EvaluationReport(
            new Evaluation(CANDIDATE, new Outcome.Scored(5, 10), Duration.ofSeconds(2), 20),
            Map.of(Stage.GENERATE, Duration.ofMillis(500), Stage.SCORE, Duration.ofSeconds(1)),
            2,
            3));
    metrics.evaluated(
        new EvaluationReport(
            new Evaluation(
                CANDIDATE, new Outcome.Failed(Kind.TIME_LIMIT, "late"), Duration.ofSeconds(9), 0),
            Map.of(),
            0,
            1));

    assertThat(counter("espalier_evaluations", Labels.of("outcome", "scored"))).isEqualTo(1);
    assertThat(counter("espalier_evaluations", Labels.of("outcome", "time_limit"))).isEqualTo(1);
    assertThat(counter("espalier_cache_lookups", Labels.of("result", "hit"))).isEqualTo(2);
    assertThat(counter("espalier_cache_lookups", Labels.of("result", "miss"))).isEqualTo(4);
    assertThat(counter("espalier_cached_images", Labels.EMPTY)).isEqualTo(20);
    assertThat(
            snapshot("espalier_evaluation_stage_seconds", HistogramSnapshot.class).getDataPoints())
        .extracting(point -> point.getLabels().get("stage"), point -> point.getSum())
        .containsExactlyInAnyOrder(
            tuple("generate", 0.5), tuple("recalibrate", 0.0), tuple("score", 1.0));
  }

  private double counter(String name, Labels labels) {
    return snapshot(name, CounterSnapshot.class).getDataPoints().stream()
        .filter(point -> point.getLabels().equals(labels))
        .mapToDouble(CounterSnapshot.CounterDataPointSnapshot::getValue)
        .sum();
  }

  private <T extends MetricSnapshot> T snapshot(String name, Class<T> type) {
    return registry.scrape().stream()
        .filter(snapshot -> snapshot.getMetadata().getName().equals(name))
        .map(type::cast)
        .findFirst()
        .orElseThrow();
  }
}
