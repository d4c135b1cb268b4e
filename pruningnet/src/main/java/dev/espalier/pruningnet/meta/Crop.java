package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.ChannelRange;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Segment;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;

/**
 * The part of a layer's full weights that a structure keeps, and the zeros that a {@link Padding}
 * adds to it.
 *
 * @param out runs of output channels
 * @param in runs of input channels; for a grouped convolution those of one group
 */
record Crop(List<Run> out, List<Run> in) {

  /**
   * Channels of one group.
   *
   * @param start first kept channel, in the numbering of the base network
   * @param length number of kept channels
   * @param width kept channels and zeros behind them
   */
  record Run(int start, int length, int width) {}

  static Crop of(SearchSpace space, Node node, Structure structure, Padding padding) {
    List<Run> out = runs(space, node.index(), structure, padding);
    List<Run> in = runs(space, node.input(), structure, padding);
    if (space.network().isDepthwise(node)) {
      in = List.of(new Run(0, 1, 1));
    } else if (node.layer() instanceof Layer.Conv conv && conv.groups() > 1) {
      int perGroup = in.stream().mapToInt(Run::length).sum() / conv.groups();
      in = List.of(new Run(0, perGroup, perGroup));
    }
    return new Crop(out, in);
  }

  private static List<Run> runs(SearchSpace space, int node, Structure structure, Padding padding) {
    List<ChannelRange> kept = space.kept(structure, node);
    List<Segment> segments = space.segments(node);
    List<Run> runs = new ArrayList<>();
    for (int i = 0; i < kept.size(); i++) {
      int width =
          padding.width(space, structure, segments.get(i).group()) * segments.get(i).repeat();
      runs.add(new Run(kept.get(i).start(), kept.get(i).length(), width));
    }
    return runs;
  }

  /** One past the last kept output channel. */
  int outEnd() {
    Run last = out.get(out.size() - 1);
    return last.start() + last.length();
  }

  /** The kept part of full weights, contiguous, in the given scope. */
  NDArray apply(NDArray full, NDManager scope) {
    try (NDArray rows = select(full, 0, out);
        NDArray kept = select(rows, 1, in);
        NDArray flat = kept.reshape(-1)) {
      // Flattening copies a strided view into contiguous memory, once instead of in every batch.
      NDArray result = flat.reshape(kept.getShape());
      result.attach(scope);
      return result;
    }
  }

  /** The kept part of a full bias. */
  NDArray applyToBias(NDArray full, NDManager scope) {
    NDArray result = select(full, 0, out);
    result.attach(scope);
    return result;
  }

  /** The gradient of the full weights: zero outside of what is kept. */
  NDArray scatter(NDArray gradient, Shape full, NDManager scope) {
    NDArray result = scope.zeros(full);
    int row = 0;
    for (Run rows : out) {
      int column = 0;
      for (Run columns : in) {
        NDIndex from = range(row, rows).addSliceDim(column, column + columns.length());
        NDIndex to =
            range(rows.start(), rows)
                .addSliceDim(columns.start(), columns.start() + columns.length());
        result.set(to, gradient.get(from));
        column += columns.width();
      }
      row += rows.width();
    }
    return result;
  }

  /** The gradient of a full bias: zero outside of what is kept. */
  NDArray scatterBias(NDArray gradient, Shape full, NDManager scope) {
    NDArray result = scope.zeros(full);
    int row = 0;
    for (Run rows : out) {
      result.set(range(rows.start(), rows), gradient.get(range(row, rows)));
      row += rows.width();
    }
    return result;
  }

  private static NDArray select(NDArray array, int axis, List<Run> runs) {
    if (runs.size() == 1) {
      return select(array, axis, runs.get(0));
    }
    NDList parts = new NDList();
    for (Run run : runs) {
      parts.add(select(array, axis, run));
    }
    try (parts) {
      return NDArrays.concat(parts, axis);
    }
  }

  private static NDArray select(NDArray array, int axis, Run run) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    NDArray kept = array.get(index.addSliceDim(run.start(), run.start() + run.length()));
    if (run.width() == run.length()) {
      return kept;
    }
    // The engine counts axes from the last one, with the zeros before and behind each of them.
    long[] zeros = new long[2 * (array.getShape().dimension() - axis)];
    zeros[zeros.length - 1] = run.width() - run.length();
    try (kept) {
      return kept.pad(new Shape(zeros), 0);
    }
  }

  private static NDIndex range(int start, Run run) {
    return new NDIndex().addSliceDim(start, start + run.length());
  }
}
