package dev.espalier.search.space;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which widths a layer's weights depend on, after "MetaPruning: Meta Learning for Automatic Neural
 * Network Channel Pruning" (2019), read off the graph instead of one rule per model.
 *
 * <p>The trunk of a residual network are the groups that an add ties, and those from which a
 * convolutional shortcut starts. A group beside the trunk is inner, and inner groups that share a
 * convolution make one block. A layer sees the groups that it reads and writes; if one of these is
 * inner, it sees its whole block and both ends of the block as well. A network without adds has no
 * trunk, so its layers see (in, out) only.
 */
final class LayerContext {

  private final Network network;
  private final ChannelGroups channels;
  private final List<Set<Integer>> neighbours = new ArrayList<>();
  private final List<Boolean> inner;

  private LayerContext(Network network, ChannelGroups channels) {
    this.network = network;
    this.channels = channels;
    for (ChannelGroup group : channels.groups()) {
      neighbours.add(new TreeSet<>(Set.of(group.id())));
    }
    for (Node node : convolutions()) {
      Set<Integer> ends = ends(node);
      ends.forEach(group -> neighbours.get(group).addAll(ends));
    }
    Set<Integer> trunk = trunk();
    this.inner =
        channels.groups().stream()
            .map(
                group ->
                    !group.fixed()
                        && !trunk.contains(group.id())
                        && neighbours.get(group.id()).stream().anyMatch(trunk::contains))
            .toList();
  }

  /** For each node the ids of the groups that it sees, in ascending order. */
  static List<List<Integer>> of(Network network, ChannelGroups channels) {
    LayerContext context = new LayerContext(network, channels);
    return network.nodes().stream().map(context::seen).toList();
  }

  private List<Integer> seen(Node node) {
    Set<Integer> seen = ends(node);
    Deque<Integer> open = new ArrayDeque<>(seen);
    while (!open.isEmpty()) {
      int group = open.remove();
      if (inner.get(group)) {
        neighbours.get(group).stream().filter(seen::add).forEach(open::add);
      }
    }
    return List.copyOf(seen);
  }

  private Set<Integer> trunk() {
    Set<Integer> trunk = new TreeSet<>();
    for (ChannelGroup group : channels.groups()) {
      if (group.residual()) {
        trunk.add(group.id());
      }
    }
    for (Node node : convolutions()) {
      if (isResidual(written(node)) && !isResidual(read(node)) && readers(read(node)) > 1) {
        trunk.addAll(read(node));
      }
    }
    return trunk;
  }

  private boolean isResidual(Set<Integer> groups) {
    return groups.stream().anyMatch(group -> channels.groups().get(group).residual());
  }

  /** The number of convolutions that turn some groups into others. */
  private long readers(Set<Integer> groups) {
    return convolutions().stream()
        .filter(node -> read(node).equals(groups) && !written(node).equals(groups))
        .count();
  }

  private List<Node> convolutions() {
    return network.nodes().stream().filter(node -> node.layer() instanceof Layer.Conv).toList();
  }

  private Set<Integer> ends(Node node) {
    Set<Integer> ends = written(node);
    ends.addAll(read(node));
    return ends;
  }

  private Set<Integer> written(Node node) {
    return groups(node.index());
  }

  private Set<Integer> read(Node node) {
    Set<Integer> read = new TreeSet<>();
    node.inputs().forEach(input -> read.addAll(groups(input)));
    return read;
  }

  private Set<Integer> groups(int node) {
    Set<Integer> groups = new TreeSet<>();
    channels.segments().get(node).forEach(segment -> groups.add(segment.group()));
    return groups;
  }
}
