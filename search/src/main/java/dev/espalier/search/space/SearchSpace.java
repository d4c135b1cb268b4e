package dev.espalier.search.space;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import dev.espalier.search.job.SpaceSpec;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The structures that a network can be pruned to: one width gene per channel group that is free,
 * and, where layers may be sparse, one gene per layer with weights for the fraction of them that it
 * keeps. Pruning a width keeps the leading channels of each group.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class SearchSpace {

  private final Network network;
  private final RatioGrid grid;
  private final KeptGrid keptGrid;
  private final ChannelGroups channels;
  private final List<Gene> genes;
  private final int widthGenes;
  private final int[] geneOfGroup;
  private final int[] geneOfNode;
  private final int[][] widths;
  private final List<List<Integer>> contexts;

  private SearchSpace(Network network, RatioGrid grid, KeptGrid keptGrid, Set<String> fixed) {
    this.network = network;
    this.grid = grid;
    this.keptGrid = keptGrid;
    this.channels = ChannelGroups.of(network);
    this.geneOfGroup = new int[channels.groups().size()];
    Arrays.fill(geneOfGroup, -1);
    List<Gene> free = new ArrayList<>();
    for (ChannelGroup group : channels.groups()) {
      if (!group.fixed() && !fixed.contains(group.name())) {
        geneOfGroup[group.id()] = free.size();
        free.add(new Gene.Width(group.name(), group.id(), grid.count()));
      }
    }
    this.widthGenes = free.size();
    this.geneOfNode = new int[network.nodes().size()];
    Arrays.fill(geneOfNode, -1);
    if (keptGrid.isFree()) {
      for (Node node : network.layersWithWeights()) {
        geneOfNode[node.index()] = free.size();
        free.add(new Gene.Kept(node.name() + ".kept", node.index(), keptGrid.count()));
      }
    }
    this.genes = List.copyOf(free);
    this.widths = widths();
    this.contexts = LayerContext.of(network, channels);
  }

  /** For each group its width at each ratio; a group without a gene has one width. */
  private int[][] widths() {
    return groups().stream()
        .map(
            group ->
                geneOfGroup[group.id()] < 0
                    ? new int[] {group.channels()}
                    : IntStream.range(0, grid.count())
                        .map(i -> grid.width(group.channels(), i, group.unit()))
                        .toArray())
        .toArray(int[][]::new);
  }

  /** The space of a network in which every group that can be pruned is free. */
  public static SearchSpace of(Network network, RatioGrid grid) {
    return of(network, grid, Set.of());
  }

  /**
   * The space of a network with some groups kept at full width.
   *
   * @param fixed names of the groups to keep
   * @throws BadInputException if a name is unknown
   */
  public static SearchSpace of(Network network, RatioGrid grid, Set<String> fixed) {
    return of(network, grid, KeptGrid.DENSE, fixed);
  }

  /**
   * The space of a network whose layers may be sparse too.
   *
   * @param kept fractions of its weights that a layer may keep
   * @param fixed names of the groups to keep at full width
   * @throws BadInputException if a name is unknown
   */
  public static SearchSpace of(Network network, RatioGrid grid, KeptGrid kept, Set<String> fixed) {
    SearchSpace space = new SearchSpace(network, grid, kept, fixed);
    List<String> known = space.groups().stream().map(ChannelGroup::name).toList();
    for (String name : fixed) {
      if (!known.contains(name)) {
        throw new BadInputException(
            "space.fixed: network %s has no channel group '%s', expected one of %s.%s"
                .formatted(
                    network.name(), name, String.join(", ", known), Nearest.hint(name, known)));
      }
    }
    return space;
  }

  /**
   * The space that a job asks for.
   *
   * @throws BadInputException if its grid is empty or a fixed group unknown
   */
  public static SearchSpace from(Network network, SpaceSpec spec) {
    return of(network, RatioGrid.from(spec), KeptGrid.from(spec), Set.copyOf(spec.fixed()));
  }

  /** The unpruned network. */
  public Network network() {
    return network;
  }

  /** The widths that a group may take. */
  public RatioGrid grid() {
    return grid;
  }

  /** The fractions of its weights that a layer may keep. */
  public KeptGrid keptGrid() {
    return keptGrid;
  }

  /** Number of genes that are widths: the first ones. */
  public int widthGenes() {
    return widthGenes;
  }

  /** All channel groups, fixed ones too, by id. */
  public List<ChannelGroup> groups() {
    return channels.groups();
  }

  /** The free choices, in the order of a {@link Structure}'s values. */
  public List<Gene> genes() {
    return genes;
  }

  /** The groups of a node's output channels, in order. */
  public List<Segment> segments(int node) {
    return channels.segments().get(node);
  }

  /** The unpruned structure. */
  public Structure widest() {
    return uniform(grid.count() - 1);
  }

  /** The structure with every gene at its smallest value. */
  public Structure narrowest() {
    return Structure.of(new int[genes.size()]);
  }

  /**
   * The structure with every width at the i-th ratio, all weights kept: a uniform-width network.
   */
  public Structure uniform(int i) {
    int[] values = new int[genes.size()];
    Arrays.fill(values, 0, widthGenes, i);
    Arrays.fill(values, widthGenes, values.length, keptGrid.count() - 1);
    return Structure.of(values);
  }

  /** A structure with every gene drawn uniformly. */
  public Structure random(RandomGenerator random) {
    int[] values = new int[genes.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextInt(genes.get(i).choices());
    }
    return Structure.of(values);
  }

  /** Refuses a structure that is not of this space. */
  public void check(Structure structure) {
    if (structure.length() != genes.size()) {
      throw new IllegalArgumentException(
          "structure %s has %d genes, but the space of %s has %d"
              .formatted(structure, structure.length(), network.name(), genes.size()));
    }
    for (int i = 0; i < genes.size(); i++) {
      if (structure.gene(i) >= genes.get(i).choices()) {
        throw new IllegalArgumentException(
            "structure %s: gene %d (%s) is %d, expected 0 to %d"
                .formatted(
                    structure,
                    i,
                    genes.get(i).name(),
                    structure.gene(i),
                    genes.get(i).choices() - 1));
      }
    }
  }

  /** The ratio that a structure gives a group, in (0, 1]; 1 for a fixed one. */
  public double ratio(Structure structure, int group) {
    int gene = geneOfGroup[group];
    return gene < 0 ? 1.0 : grid.percent(structure.gene(gene)) / 100.0;
  }

  /** The fraction of a layer's weights that a structure keeps, in (0, 1]. */
  public double keptFraction(Structure structure, Node layer) {
    int gene = geneOfNode[layer.index()];
    return gene < 0 ? 1.0 : keptGrid.fraction(structure.gene(gene));
  }

  /** How many weights of a layer a structure keeps. */
  public long keptWeights(Structure structure, Node layer) {
    return KeptGrid.kept(keptFraction(structure, layer), weights(structure, layer));
  }

  /** The weights of a convolution or linear layer in the pruned network, dropped ones too. */
  public long weights(Structure structure, Node layer) {
    long out = width(structure, layer);
    long in = width(structure, network.node(layer.input()));
    if (!(layer.layer() instanceof Layer.Conv conv)) {
      return out * in;
    }
    long inputs = network.isDepthwise(layer) ? 1 : in / conv.groups();
    return out * inputs * conv.kernel() * conv.kernel();
  }

  /** The number of channels that a structure leaves of a group. */
  public int width(Structure structure, int group) {
    int gene = geneOfGroup[group];
    return widths[group][gene < 0 ? 0 : structure.gene(gene)];
  }

  /** The number of channels that a structure leaves of every group, by id. */
  public int[] widths(Structure structure) {
    int[] all = new int[widths.length];
    for (int group = 0; group < all.length; group++) {
      all[group] = width(structure, group);
    }
    return all;
  }

  /** The channels that a structure keeps of a node's output, in the base network's numbering. */
  public List<ChannelRange> kept(Structure structure, int node) {
    List<ChannelRange> ranges = new ArrayList<>();
    int start = 0;
    for (Segment segment : segments(node)) {
      int full = channels.groups().get(segment.group()).channels() * segment.repeat();
      ranges.add(new ChannelRange(start, width(structure, segment.group()) * segment.repeat()));
      start += full;
    }
    return List.copyOf(ranges);
  }

  /** The number of output channels that a structure leaves of a node. */
  public int width(Structure structure, Node node) {
    return width(group -> width(structure, group), node);
  }

  /** The number of output channels of a node with any widths of the groups. */
  int width(IntUnaryOperator widths, Node node) {
    int width = 0;
    for (Segment segment : segments(node.index())) {
      width += widths.applyAsInt(segment.group()) * segment.repeat();
    }
    return width;
  }

  /** The pruned network: the same graph with the structure's smaller shapes. */
  public Network apply(Structure structure) {
    check(structure);
    return withWidths(group -> width(structure, group));
  }

  /**
   * The same graph with any widths, e.g. those of a structure rounded up for the hardware.
   *
   * @param widths number of channels of each group, by its id
   */
  public Network withWidths(IntUnaryOperator widths) {
    return Pruning.apply(this, widths);
  }

  /**
   * The groups whose ratios determine a node's weights, in ascending order: what the node reads and
   * writes, and, inside a residual block, all widths of the block. So a plain convolution sees (in,
   * out) and those of a block (in, mid, out), as in "MetaPruning: Meta Learning for Automatic
   * Neural Network Channel Pruning" (2019).
   */
  public List<Integer> context(int node) {
    return contexts.get(node);
  }
}
