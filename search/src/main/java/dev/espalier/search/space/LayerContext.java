package dev.espalier.search.space;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which widths a layer's weights depend on, after "MetaPruning: Meta Learning for Automatic Neural
 * Network Channel Pruning" (2019), read off the graph instead of one rule per model.
 */
final class LayerContext {

  private LayerContext() {}

  static List<Integer> of(SearchSpace space, Node node) {
    Set<Integer> own = ends(space, node);
    Set<Integer> seen = new TreeSet<>(own);
    for (int group : own) {
      Set<Integer> across = across(space, group);
      if (isInner(space, group, across)) {
        seen.addAll(across);
      }
    }
    return List.copyOf(seen);
  }

  /** The groups that a node with weights reads and writes. */
  private static Set<Integer> ends(SearchSpace space, Node node) {
    Set<Integer> ends = new TreeSet<>();
    space.segments(node.input()).forEach(segment -> ends.add(segment.group()));
    space.segments(node.index()).forEach(segment -> ends.add(segment.group()));
    return ends;
  }

  /** The groups that share a convolution with a group. */
  private static Set<Integer> across(SearchSpace space, int group) {
    Set<Integer> neighbours = new TreeSet<>();
    for (Node node : space.network().nodes()) {
      if (node.layer() instanceof Layer.Conv) {
        Set<Integer> ends = ends(space, node);
        if (ends.contains(group)) {
          neighbours.addAll(ends);
        }
      }
    }
    return neighbours;
  }

  /** An inner width is not tied by an add itself, but leads to or from one that is. */
  private static boolean isInner(SearchSpace space, int group, Set<Integer> across) {
    return !space.groups().get(group).residual()
        && !space.groups().get(group).fixed()
        && across.stream().anyMatch(id -> space.groups().get(id).residual());
  }
}
