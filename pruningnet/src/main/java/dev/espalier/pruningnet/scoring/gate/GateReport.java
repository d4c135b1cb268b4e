package dev.espalier.pruningnet.scoring.gate;

import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.search.evaluation.Interval;
import java.util.List;
import java.util.Locale;

/**
 * What the {@link Gate} saw.
 *
 * @param classes number of classes; chance is one in so many
 * @param widest score of the unpruned network
 * @param random scores of random structures, at least one
 */
public record GateReport(int classes, ShardScore widest, List<ShardScore> random) {

  /** Whether to search. */
  public enum Verdict {
    /** The PruningNet knows enough to tell structures apart. */
    FINE,
    /** Its answers are hardly better than guesses, or no numbers. */
    NEAR_CHANCE
  }

  /** Copies the list. */
  public GateReport {
    random = List.copyOf(random);
    if (random.isEmpty()) {
      throw new IllegalArgumentException("gate: expected at least one random structure");
    }
  }

  /** Accuracy of a guess. */
  public double chance() {
    return 1.0 / classes;
  }

  /**
   * What the lower end of an accuracy's 95% interval must exceed: chance and half as much again,
   * but no more than a tenth of the way from chance to 1, which matters for few classes.
   */
  public double required() {
    return chance() + Math.min(chance() / 2, (1 - chance()) / 10);
  }

  /** All random structures together. */
  public ShardScore randomTotal() {
    return random.stream().reduce(ShardScore::plus).orElseThrow();
  }

  /** Near chance if the widest or the random structures together are. */
  public Verdict verdict() {
    return passes(widest) && passes(randomTotal()) ? Verdict.FINE : Verdict.NEAR_CHANCE;
  }

  /** The figures in one line. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "accuracy after recalibration: widest %s, %d random structures %s; chance %.1f%%,"
            + " required above %.1f%%",
        figures(widest),
        random.size(),
        figures(randomTotal()),
        100 * chance(),
        100 * required());
  }

  private boolean passes(ShardScore score) {
    return score.notFinite() == 0 && interval(score).low() > required();
  }

  private static String figures(ShardScore score) {
    Interval interval = interval(score);
    String figures =
        String.format(
            Locale.ROOT,
            "%.1f%% (%.1f%% to %.1f%%, %d images)",
            100.0 * score.correct() / score.images(),
            100 * interval.low(),
            100 * interval.high(),
            score.images());
    return score.notFinite() == 0
        ? figures
        : figures + " of which %d are no numbers".formatted(score.notFinite());
  }

  private static Interval interval(ShardScore score) {
    return Interval.wilson(score.correct(), score.images());
  }
}
