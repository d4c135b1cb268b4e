package dev.espalier.search.space;

import dev.espalier.search.network.Node;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Structures that leave each layer about a given share of its weights, as far as the grids of a
 * space allow.
 */
public final class ShareStructures {

  private ShareStructures() {}

  /**
   * Full widths, and in each layer so many weights; the widest structure where layers have no such
   * gene.
   *
   * @param share of a layer with weights, in (0, 1]
   */
  public static Structure sparse(SearchSpace space, ToDoubleFunction<Node> share) {
    int[] values = values(space.widest(), space);
    for (int i = space.widthGenes(); i < values.length; i++) {
      Gene.Kept gene = (Gene.Kept) space.genes().get(i);
      double wanted = share.applyAsDouble(space.network().node(gene.node()));
      values[i] = space.keptGrid().nearest(wanted);
    }
    return Structure.of(values);
  }

  /**
   * All weights of fewer channels: each group as wide as the square root of the mean share of the
   * layers that write it, so that a layer whose input and output are narrowed alike has its share.
   *
   * @param share as above
   */
  public static Structure narrow(SearchSpace space, ToDoubleFunction<Node> share) {
    int[] values = values(space.widest(), space);
    for (int i = 0; i < space.widthGenes(); i++) {
      int group = ((Gene.Width) space.genes().get(i)).group();
      double ratio =
          Math.sqrt(
              space.network().layersWithWeights().stream()
                  .filter(layer -> writes(space, layer, group))
                  .mapToDouble(share)
                  .average()
                  .orElse(1));
      values[i] = nearest(space.grid(), ratio);
    }
    return Structure.of(values);
  }

  private static boolean writes(SearchSpace space, Node layer, int group) {
    List<Segment> segments = space.segments(layer.index());
    return segments.stream().anyMatch(segment -> segment.group() == group);
  }

  /** Of two ratios that are as near the smaller one. */
  private static int nearest(RatioGrid grid, double ratio) {
    return IntStream.range(0, grid.count())
        .boxed()
        .min((a, b) -> Double.compare(distance(grid, a, ratio), distance(grid, b, ratio)))
        .orElseThrow();
  }

  private static double distance(RatioGrid grid, int i, double ratio) {
    return Math.abs(grid.percent(i) / 100.0 - ratio);
  }

  private static int[] values(Structure structure, SearchSpace space) {
    return IntStream.range(0, space.genes().size()).map(structure::gene).toArray();
  }
}
