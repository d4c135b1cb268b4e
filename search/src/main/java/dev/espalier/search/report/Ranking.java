package dev.espalier.search.report;

import dev.espalier.search.evaluation.Trial;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * A question for the best trials of a search.
 *
 * @param top at most so many
 * @param maxMacs only those with at most so many MACs
 * @param order which come first
 */
public record Ranking(int top, long maxMacs, Order order) {

  /** Which trials come first; equal ones come in the order of proposal. */
  public enum Order {
    /** The most accurate on the images that chose structures, then those with fewer MACs. */
    ACCURACY,
    /** Those with the fewest MACs, then the more accurate. */
    MACS
  }

  private static final Comparator<Trial> MOST_ACCURATE =
      Comparator.comparingDouble(Trial::accuracy).reversed();
  private static final Comparator<Trial> FEWEST_MACS =
      Comparator.comparingLong(trial -> trial.costs().macs());

  /** Refuses to rank nothing. */
  public Ranking {
    if (top < 1 || maxMacs < 0) {
      throw new IllegalArgumentException(
          "ranking: expected a top of at least 1 and no negative MACs, found %d and %d"
              .formatted(top, maxMacs));
    }
  }

  /** The most accurate trials, whatever they cost. */
  public static Ranking mostAccurate(int top) {
    return new Ranking(top, Long.MAX_VALUE, Order.ACCURACY);
  }

  /** The trials asked for; failed ones are never among them. */
  public List<Trial> of(Collection<Trial> trials) {
    return trials.stream()
        .filter(trial -> trial.scored() && trial.costs().macs() <= maxMacs)
        .sorted(comparator().thenComparingLong(Trial::index))
        .limit(top)
        .toList();
  }

  private Comparator<Trial> comparator() {
    return switch (order) {
      case ACCURACY -> MOST_ACCURATE.thenComparing(FEWEST_MACS);
      case MACS -> FEWEST_MACS.thenComparing(MOST_ACCURATE);
    };
  }
}
