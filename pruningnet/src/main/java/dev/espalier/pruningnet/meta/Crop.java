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

  /** The shape that is left of full weights. */
  Shape shape(Shape full) {
    long rows = out.stream().mapToInt(ChannelRange::length).sum();
    long columns = in.stream().mapToInt(ChannelRange::length).sum();
    return new Shape(rows, columns).addAll(full.slice(2));
  }
}
