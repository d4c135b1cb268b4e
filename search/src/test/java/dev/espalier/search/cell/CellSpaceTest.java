package dev.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.WalkCosts;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CellSpaceTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);
  private static final Backbone SMALL = new Backbone(3, 4, IMAGE, 10);

  @Test
  void supernet_ofThePublishedSize_hasThePublishedParameters() {
    Network supernet = CellSpace.DARTS.supernet(new Backbone(8, 16, IMAGE, 10));

    assertThat(WalkCosts.of(supernet, 1).parameters()).isEqualTo(1_930_618);
    assertThat(supernet.choices()).hasSize(2 * 14);
    assertThat(supernet.choices().values())
        .allSatisfy(options -> assertThat(options).hasSize(8).startsWith("none"));
  }

  @Test
  void network_ofThePublishedGenotype_hasThePublishedParameters() {
    Genotype published =
        Genotype.parse(
            "normal: sep_conv_3x3(0) sep_conv_3x3(1), sep_conv_3x3(0) sep_conv_3x3(1),"
                + " sep_conv_3x3(1) skip_connect(0), skip_connect(0) dil_conv_3x3(2);"
                + "reduction: max_pool_3x3(0) max_pool_3x3(1), skip_connect(2) max_pool_3x3(1),"
                + " max_pool_3x3(0) skip_connect(2), skip_connect(2) max_pool_3x3(1)");

    Network network = published.network(new Backbone(20, 36, IMAGE, 10));

    assertThat(WalkCosts.of(network, 1).parameters()).isEqualTo(3_349_342);
    assertThat(network.choices()).isEmpty();
  }

  @Test
  void supernet_ofOneCellOfEachKind_sharesAChoiceAmongCellsOfItsKind() {
    Network supernet = CellSpace.DARTS.supernet(new Backbone(6, 4, IMAGE, 10));

    List<String> nodes =
        supernet.nodes().stream()
            .filter(
                node ->
                    node.layer() instanceof Layer.Mixture mixture
                        && mixture.choice().equals("normal.0-2"))
            .map(Node::name)
            .toList();
    assertThat(nodes).containsExactly("cell0.0-2", "cell1.0-2", "cell3.0-2", "cell5.0-2");
  }

  @Property(tries = 25)
  void network_anyGenotype_keepsTheLayersOfTheSupernetUnderTheirNames(@ForAll long seed) {
    Map<String, Node> known = new LinkedHashMap<>();
    CellSpace.DARTS.supernet(SMALL).nodes().forEach(node -> known.put(node.name(), node));
    Network network = random(seed).network(SMALL);

    for (Node node : network.nodes()) {
      assertThat(known).containsKey(node.name());
      if (node.layer() instanceof Layer.Conv) {
        assertThat(node.layer()).isEqualTo(Objects.requireNonNull(known.get(node.name())).layer());
      }
    }
    assertThat(network.nodes().get(network.nodes().size() - 1).output())
        .isEqualTo(new Shape(10, 1, 1));
  }

  @Property(tries = 25)
  void network_anyGenotype_isPrunedWithCostsByFormulaAsByWalking(@ForAll long seed) {
    SearchSpace space =
        SearchSpace.of(random(seed).network(new Backbone(4, 6, IMAGE, 10)), RatioGrid.METAPRUNING);
    Structure structure = space.random(new RandomStreams(seed).stream("structure", 0));

    assertThat(FormulaCosts.of(space, 2).costs(structure))
        .isEqualTo(WalkCosts.of(space.apply(structure), 2));
    assertThat(FormulaCosts.of(space, 1).costs(space.widest()))
        .isEqualTo(WalkCosts.of(space.network(), 1));
  }

  @Test
  void supernet_pruned_hasCostsByFormulaAsByWalking() {
    SearchSpace space = SearchSpace.of(CellSpace.DARTS.supernet(SMALL), RatioGrid.METAPRUNING);
    Structure structure = space.random(new RandomStreams(1).stream("structure", 0));

    assertThat(FormulaCosts.of(space, 1).costs(structure))
        .isEqualTo(WalkCosts.of(space.apply(structure), 1));
  }

  @Property(tries = 200)
  void genotype_anyAlphas_isThatOfEveryPairTried(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 4) int nodes,
      @ForAll @IntRange(min = 2, max = 8) int operations) {
    CellSpace space = new CellSpace(nodes, List.of(Operation.values()).subList(0, operations));
    Alphas alphas = random(space, new RandomStreams(seed).stream("alphas", 0));

    Genotype genotype = space.genotype(alphas);

    for (CellKind kind : CellKind.values()) {
      for (int node = 0; node < nodes; node++) {
        assertThat(genotype.cell(kind).nodes().get(node))
            .isEqualTo(bestPair(space, alphas, kind, node + 2));
      }
    }
  }

  @Test
  void genotype_equalAlphas_takesTheFirstOfAll() {
    Alphas zeros = Alphas.zeros(CellSpace.DARTS.supernet(SMALL));

    assertThat(CellSpace.DARTS.genotype(zeros).normal().nodes())
        .allSatisfy(
            edges ->
                assertThat(edges)
                    .containsExactly(
                        new Edge(Operation.MAX_POOL_3X3, 0), new Edge(Operation.MAX_POOL_3X3, 1)));
  }

  @Test
  void random_manyTimes_drawsEveryPairOfStatesAndEveryOperation() {
    RandomGenerator random = new RandomStreams(4).stream("genotype", 0);
    int[] pairs = new int[9];
    int[] operations = new int[Operation.values().length];
    for (int i = 0; i < 6_000; i++) {
      List<Edge> edges = CellSpace.DARTS.random(random).normal().nodes().get(1);
      pairs[3 * edges.get(0).from() + edges.get(1).from()]++;
      operations[edges.get(0).operation().ordinal()]++;
    }

    assertThat(List.of(pairs[1], pairs[2], pairs[5]))
        .allSatisfy(count -> assertThat(count).isBetween(1_850, 2_150));
    assertThat(operations[0]).isZero();
    assertThat(IntStream.range(1, 8).map(i -> operations[i]))
        .allSatisfy(count -> assertThat(count).isBetween(750, 970));
  }

  @Test
  void of_nothingToChooseFrom_isRefused() {
    assertThatThrownBy(() -> new CellSpace(4, List.of(Operation.NONE)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("operations is [none], expected at least one other than none");
    assertThatThrownBy(() -> new CellSpace(4, List.of(Operation.SKIP, Operation.SKIP)))
        .hasMessageContaining("expected each one once");
    assertThatThrownBy(() -> new CellSpace(0, CellSpace.DARTS.operations()))
        .hasMessageContaining("nodes is 0, expected at least 1");
  }

  @Test
  void backbone_largeImages_areHalvedByTheStem() {
    Network network = random(1).network(new Backbone(3, 4, new Shape(3, 224, 224), 1000));

    Node last = network.node(network.nodes().size() - 3);
    assertThat(last.output()).isEqualTo(new Shape(4 * 4 * 4, 7, 7));
  }

  @Test
  void backbone_thatCannotBeBuilt_isRefused() {
    assertThatThrownBy(() -> new Backbone(2, 16, IMAGE, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("cells is 2, expected at least 3");
    assertThatThrownBy(() -> new Backbone(8, 16, new Shape(3, 30, 32), 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3x30x32 cannot be halved 2 times");
  }

  @Test
  void architectures_ofASmallerSpace_readOnlyItsOwn() {
    CellSpace space = new CellSpace(1, List.of(Operation.SKIP, Operation.DILATED_3X3));
    CellArchitectures all = new CellArchitectures(space, SMALL);
    String cell = "skip_connect(0) dil_conv_3x3(1)";
    CellArchitecture read = all.parse("normal: %s; reduction: %s".formatted(cell, cell));

    assertThat(all.parse(read.text())).isEqualTo(read);
    assertThat(read.skips()).isEqualTo(1);
    assertThat(all.random(new RandomStreams(1).stream("genotype", 0)).network().classes())
        .isEqualTo(10);
    assertThat(all.decide(Alphas.zeros(all.supernet())).skips()).isEqualTo(2);
    assertThatThrownBy(() -> all.parse("normal: %s, %s; reduction: %s".formatted(cell, cell, cell)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("normal cell: 2 nodes, expected 1");
    assertThatThrownBy(
            () ->
                all.parse("normal: %s; reduction: sep_conv_3x3(0) skip_connect(1)".formatted(cell)))
        .hasMessageContaining("sep_conv_3x3(0) is not of this space, expected one of skip_connect");
  }

  private static Genotype random(long seed) {
    return CellSpace.DARTS.random(new RandomStreams(seed).stream("genotype", 0));
  }

  /** Coarse numbers, so that equal ones are common. */
  private static Alphas random(CellSpace space, RandomGenerator random) {
    Map<String, List<Double>> choices = new LinkedHashMap<>();
    for (CellKind kind : CellKind.values()) {
      for (int to = 2; to < 2 + space.nodes(); to++) {
        for (int from = 0; from < to; from++) {
          choices.put(
              CellSpace.choice(kind, from, to),
              space.operations().stream().map(o -> random.nextInt(6) / 2.0).toList());
        }
      }
    }
    return new Alphas(choices);
  }

  /** Tries all pairs of edges and operations; a later one must be better to win. */
  private static List<Edge> bestPair(CellSpace space, Alphas alphas, CellKind kind, int to) {
    List<Edge> all = new ArrayList<>();
    List<Double> shares = new ArrayList<>();
    for (int from = 0; from < to; from++) {
      double[] softmax = alphas.shares(CellSpace.choice(kind, from, to));
      for (int i = 0; i < softmax.length; i++) {
        if (space.operations().get(i) != Operation.NONE) {
          all.add(new Edge(space.operations().get(i), from));
          shares.add(softmax[i]);
        }
      }
    }
    List<Edge> best = List.of();
    double most = -1;
    for (int a = 0; a < all.size(); a++) {
      for (int b = a + 1; b < all.size(); b++) {
        double sum = shares.get(a) + shares.get(b);
        if (all.get(a).from() != all.get(b).from() && sum > most + 1e-12) {
          most = sum;
          best = List.of(all.get(a), all.get(b));
        }
      }
    }
    return best;
  }
}
