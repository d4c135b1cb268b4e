package dev.espalier.pruningnet.meta;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.space.ChannelRange;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.List;

/**
 * The part of a layer's full weights that a structure keeps: ranges of output and input channels,
 * in the numbering of the base network.
 *
 * @param out kept output channels
 * @param in kept input channels; for a grouped convolution those of one group
 */
record Crop(List<ChannelRange> out, List<ChannelRange> in) {

  static Crop of(SearchSpace space, Node node, Structure structure) {
    Network network = space.network();
    List<ChannelRange> out = space.kept(structure, node.index());
    List<ChannelRange> in = space.kept(structure, node.input());
    if (node.layer() instanceof Layer.Conv conv && conv.groups() > 1) {
      int width = in.stream().mapToInt(ChannelRange::length).sum();
      int groups = network.isDepthwise(node) ? width : conv.groups();
      in = List.of(new ChannelRange(0, width / groups));
    }
    return new Crop(out, in);
  }

  /** One past the last kept output channel. */
  int outEnd() {
    ChannelRange last = out.get(out.size() - 1);
    return last.start() + last.length();
  }

  /** Keeps ranges of the first two axes; the result is contiguous and in the given scope. */
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

  /** Keeps ranges of the only axis of a bias. */
  NDArray applyToBias(NDArray full, NDManager scope) {
    NDArray result = select(full, 0, out);
    result.attach(scope);
    return result;
  }

  private static NDArray select(NDArray array, int axis, List<ChannelRange> ranges) {
    if (ranges.size() == 1) {
      return range(array, axis, ranges.get(0));
    }
    NDList parts = new NDList();
    for (ChannelRange range : ranges) {
      parts.add(range(array, axis, range));
    }
    try (parts) {
      return NDArrays.concat(parts, axis);
    }
  }

  private static NDArray range(NDArray array, int axis, ChannelRange range) {
    NDIndex index = new NDIndex();
    for (int i = 0; i < axis; i++) {
      index.addAllDim();
    }
    return array.get(index.addSliceDim(range.start(), range.start() + range.length()));
  }

  /** The gradient of the full weights: zero outside of what is kept. */
  NDArray scatter(NDArray kept, Shape full, NDManager scope) {
    NDArray result = scope.zeros(full);
    int row = 0;
    for (ChannelRange rows : out) {
      int column = 0;
      for (ChannelRange columns : in) {
        NDIndex from = index(row, rows.length()).addSliceDim(column, column + columns.length());
        NDIndex to =
            index(rows.start(), rows.length())
                .addSliceDim(columns.start(), columns.start() + columns.length());
        result.set(to, kept.get(from));
        column += columns.length();
      }
      row += rows.length();
    }
    return result;
  }

  /** The gradient of a full bias: zero outside of what is kept. */
  NDArray scatterBias(NDArray kept, Shape full, NDManager scope) {
    NDArray result = scope.zeros(full);
    int row = 0;
    for (ChannelRange rows : out) {
      result.set(index(rows.start(), rows.length()), kept.get(index(row, rows.length())));
      row += rows.length();
    }
    return result;
  }

  private static NDIndex index(int start, int length) {
    return new NDIndex().addSliceDim(start, start + length);
  }
}
