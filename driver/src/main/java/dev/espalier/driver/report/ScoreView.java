package dev.espalier.driver.report;

import dev.espalier.driver.report.text.Words;
import dev.espalier.search.evaluation.Interval;
import dev.espalier.search.evaluation.Outcome.Scored;

/**
 * A score as it is shown.
 *
 * @param accuracy share of images classified correctly, 0 to 1
 * @param low lower end of its 95% Wilson interval
 * @param high upper end of that interval
 * @param correct images classified correctly
 * @param images images measured
 */
public record ScoreView(double accuracy, double low, double high, long correct, long images) {

  /** The view of a score. */
  public static ScoreView of(Scored score) {
    Interval interval = score.interval();
    return new ScoreView(
        score.accuracy(), interval.low(), interval.high(), score.correct(), score.images());
  }

  /** The counts that it is the view of. */
  Scored scored() {
    return new Scored(correct, images);
  }

  /** The interval, e.g. {@code 59.87% to 62.61%}. */
  public String interval() {
    return "%s to %s".formatted(Words.percent(low), Words.percent(high));
  }

  /** Accuracy and interval, e.g. {@code 61.25% (59.87% to 62.61%)}. */
  @Override
  public String toString() {
    return "%s (%s)".formatted(Words.percent(accuracy), interval());
  }
}
