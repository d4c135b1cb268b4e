package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Words;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.report.Quantile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How long its workers took to measure a structure of the search, by itself: of those that were
 * scored and took no image's score from the cache. See {@link Quantile}.
 *
 * @param evaluations how many these are
 * @param median half of them took no longer
 * @param p95 95% of them took no longer
 */
public record EvaluationTime(long evaluations, Duration median, Duration p95) {

  /** The times of some results; empty if nothing is to be learned from them. */
  public static Optional<EvaluationTime> of(List<Evaluation> results) {
    List<Duration> times =
        results.stream()
            .filter(EvaluationTime::isTelling)
            .map(Evaluation::elapsed)
            .sorted()
            .toList();
    return times.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new EvaluationTime(times.size(), quantile(times, 0.5), quantile(times, 0.95)));
  }

  /** A journal that was repaired may know a result without its time. */
  private static boolean isTelling(Evaluation result) {
    return result.outcome() instanceof Outcome.Scored
        && result.cachedImages() == 0
        && !result.elapsed().isZero();
  }

  private static Duration quantile(List<Duration> sorted, double share) {
    return sorted.get(Quantile.index(share, sorted.size()));
  }

  /** In a line, e.g. {@code median 840ms, p95 1.21s, n 180}. */
  public String text() {
    return "median %s, p95 %s, n %d".formatted(Words.time(median), Words.time(p95), evaluations);
  }
}
