package dev.espalier.search.space;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.List;

/**
 * The channel groups of a network, found by walking its graph once. A dense convolution or a linear
 * layer starts a group; a depthwise convolution, batch norm, activation and pooling pass on what
 * they read; an add or a mixture unites the groups of its inputs; a concat lists them; a flatten
 * repeats each channel once per position; a fixed layer fixes what it reads and starts a fixed
 * group. Immutable.
 *
 * @param groups all groups, by id
 * @param segments for each node the groups of its output channels, in order
 */
record ChannelGroups(List<ChannelGroup> groups, List<List<Segment>> segments) {

  static ChannelGroups of(Network network) {
    return new Walk(network).finish();
  }

  /** The walk: segments over provisional groups, united through a disjoint-set forest. */
  private static final class Walk {
    private final Network network;
    private final List<Integer> parent = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<Integer> channels = new ArrayList<>();
    private final List<Integer> units = new ArrayList<>();
    private final List<Boolean> fixed = new ArrayList<>();
    private final List<Boolean> residual = new ArrayList<>();
    private final List<List<Segment>> segments = new ArrayList<>();

    Walk(Network network) {
      this.network = network;
      for (Node node : network.nodes()) {
        segments.add(visit(node));
      }
      fix(segments.get(segments.size() - 1));
    }

    private List<Segment> visit(Node node) {
      if (node.layer() instanceof Layer.Input) {
        List<Segment> image = start(node, 1);
        fix(image);
        return image;
      }
      List<Segment> read = segments.get(node.input());
      if (node.layer() instanceof Layer.Conv conv && !network.isDepthwise(node)) {
        if (conv.groups() == 1) {
          return start(node, 1);
        }
        if (read.size() == 1) {
          raiseUnit(read.get(0).group(), conv.groups());
        } else {
          fix(read);
        }
        return start(node, conv.groups());
      }
      if (node.layer() instanceof Layer.Linear) {
        return start(node, 1);
      }
      if (node.layer() instanceof Layer.Concat) {
        return node.inputs().stream().flatMap(input -> segments.get(input).stream()).toList();
      }
      if (node.layer() instanceof Layer.Flatten) {
        int positions = network.inputOf(node).positions();
        return read.stream().map(s -> new Segment(s.group(), s.repeat() * positions)).toList();
      }
      if (node.layer() instanceof Layer.Fixed) {
        fix(read);
        List<Segment> made = start(node, 1);
        fix(made);
        return made;
      }
      if (node.layer() instanceof Layer.Add
          || node.layer() instanceof Layer.Multiply
          || node.layer() instanceof Layer.Mixture) {
        return unite(node);
      }
      return read;
    }

    private List<Segment> start(Node node, int unit) {
      int id = parent.size();
      parent.add(id);
      names.add(node.name());
      channels.add(node.output().channels());
      units.add(unit);
      fixed.add(false);
      residual.add(false);
      return List.of(new Segment(id, 1));
    }

    private List<Segment> unite(Node node) {
      List<Segment> first = segments.get(node.input());
      for (int input : node.inputs()) {
        List<Segment> other = segments.get(input);
        if (!sameLayout(first, other)) {
          // Leading channels of one side are not leading channels of the other: keep them whole.
          fix(first);
          fix(other);
          continue;
        }
        for (int i = 0; i < first.size(); i++) {
          unite(first.get(i).group(), other.get(i).group());
        }
      }
      first.forEach(segment -> residual.set(root(segment.group()), true));
      return first;
    }

    private boolean sameLayout(List<Segment> a, List<Segment> b) {
      if (a.size() != b.size()) {
        return false;
      }
      for (int i = 0; i < a.size(); i++) {
        if (a.get(i).repeat() != b.get(i).repeat()
            || !channels.get(a.get(i).group()).equals(channels.get(b.get(i).group()))) {
          return false;
        }
      }
      return true;
    }

    private void unite(int a, int b) {
      int keep = Math.min(root(a), root(b));
      int gone = Math.max(root(a), root(b));
      if (keep == gone) {
        return;
      }
      parent.set(gone, keep);
      raiseUnit(keep, units.get(gone));
      fixed.set(keep, fixed.get(keep) || fixed.get(gone));
      residual.set(keep, residual.get(keep) || residual.get(gone));
    }

    private void raiseUnit(int group, int unit) {
      int root = root(group);
      units.set(root, RatioGrid.lcm(units.get(root), unit));
    }

    private void fix(List<Segment> list) {
      list.forEach(segment -> fixed.set(root(segment.group()), true));
    }

    private int root(int group) {
      int root = group;
      while (parent.get(root) != root) {
        root = parent.get(root);
      }
      return root;
    }

    ChannelGroups finish() {
      int[] ids = new int[parent.size()];
      List<ChannelGroup> groups = new ArrayList<>();
      for (int i = 0; i < parent.size(); i++) {
        if (root(i) == i) {
          ids[i] = groups.size();
          groups.add(
              new ChannelGroup(
                  groups.size(),
                  names.get(i),
                  channels.get(i),
                  units.get(i),
                  fixed.get(i),
                  residual.get(i)));
        }
      }
      List<List<Segment>> resolved =
          segments.stream()
              .map(
                  list ->
                      list.stream()
                          .map(s -> new Segment(ids[root(s.group())], s.repeat()))
                          .toList())
              .toList();
      return new ChannelGroups(List.copyOf(groups), resolved);
    }
  }
}
