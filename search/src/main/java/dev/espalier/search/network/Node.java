package dev.espalier.search.network;

import java.util.List;

/**
 * A layer in its place in a {@link Network}.
 *
 * @param index position in the network's topological order
 * @param name unique within the network, e.g. {@code stage1.block0.conv1}
 * @param layer what it computes
 * @param inputs indexes of the nodes it reads, each smaller than {@code index}
 * @param output shape of what it produces, for one image
 */
public record Node(int index, String name, Layer layer, List<Integer> inputs, Shape output) {

  /** Copies the inputs, so that a node never changes. */
  public Node {
    inputs = List.copyOf(inputs);
  }

  /** The only input's index; for layers that read one node. */
  public int input() {
    return inputs.get(0);
  }
}
