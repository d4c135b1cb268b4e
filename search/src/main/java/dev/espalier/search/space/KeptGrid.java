package dev.espalier.search.space;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.SpaceSpec;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The fractions of its weights that a layer may keep, in percent, from the smallest to 100. With
 * 100 alone every layer keeps all of them, and the space has no such gene.
 *
 * @param percents in ascending order
 */
public record KeptGrid(List<Integer> percents) {

  /** Every layer keeps all its weights. */
  public static final KeptGrid DENSE = new KeptGrid(List.of(100));

  /** Refuses fractions that are out of order, leave nothing, or do not end at 100. */
  public KeptGrid {
    percents = List.copyOf(percents);
    List<Integer> sorted = percents.stream().sorted().distinct().toList();
    if (!percents.equals(sorted) || percents.isEmpty() || percents.get(0) < 1) {
      throw refusal(percents);
    }
    if (percents.get(percents.size() - 1) != 100) {
      throw refusal(percents);
    }
  }

  private static BadInputException refusal(List<Integer> percents) {
    return new BadInputException(
        "space.kept: found %s, expected percents in ascending order from at least 1 to exactly 100, e.g. [5, 10, 25, 50, 100]"
            .formatted(percents));
  }

  /** The fractions that a job asks for. */
  public static KeptGrid from(SpaceSpec spec) {
    return new KeptGrid(spec.kept());
  }

  /** Number of fractions. */
  public int count() {
    return percents.size();
  }

  /** Whether a layer has a choice. */
  boolean isFree() {
    return count() > 1;
  }

  /** The i-th fraction, in (0, 1]. */
  public double fraction(int i) {
    return percents.get(i) / 100.0;
  }

  /** The index of the fraction that is nearest to a given one; of two the smaller. */
  public int nearest(double fraction) {
    return IntStream.range(0, count())
        .boxed()
        .min((a, b) -> Double.compare(distance(a, fraction), distance(b, fraction)))
        .orElseThrow();
  }

  private double distance(int i, double fraction) {
    return Math.abs(fraction(i) - fraction);
  }

  /** How many of a layer's weights a fraction keeps: the nearest whole number, at least 1. */
  public static long kept(double fraction, long weights) {
    return Math.max(1, Math.round(fraction * weights));
  }
}
