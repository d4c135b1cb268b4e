package dev.espalier.search.report;

import dev.espalier.search.cost.CostModel;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The baseline that keeps the same share of every channel group. */
public final class UniformWidth {

  private UniformWidth() {}

  /**
   * The uniform-width structure whose MACs are closest to a number of MACs; of two equally close
   * ones the wider, so that the baseline is never made weak.
   */
  public static Structure closest(SearchSpace space, CostModel costs, long macs) {
    return IntStream.range(0, space.grid().count())
        .map(i -> space.grid().count() - 1 - i)
        .mapToObj(space::uniform)
        .min(Comparator.comparingLong(s -> Math.abs(costs.costs(s).macs() - macs)))
        .orElseThrow();
  }
}
