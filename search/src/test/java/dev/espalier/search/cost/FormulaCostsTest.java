package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.KeptGrid;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class FormulaCostsTest {

  private static final Map<String, SearchSpace> SPACES = new HashMap<>();

  private static final Map<String, SearchSpace> SPARSE = new HashMap<>();

  @Provide
  Arbitrary<String> networks() {
    return Arbitraries.of(Zoo.names());
  }

  @Property(tries = 150)
  void costs_anyStructureOfTheZoo_equalThoseOfItsNetwork(
      @ForAll("networks") String name,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 500) int batch) {
    SearchSpace space = SPACES.computeIfAbsent(name, key -> space(key, RatioGrid.METAPRUNING));
    Structure structure = space.random(new RandomStreams(seed).stream("structure", 0));

    assertThat(FormulaCosts.of(space, batch).costs(structure))
        .isEqualTo(WalkCosts.of(space.apply(structure), batch));
  }

  @Property(tries = 100)
  void costs_widerGene_neverFall(
      @ForAll("networks") String name, @ForAll long seed, @ForAll @IntRange(max = 10) int pick) {
    SearchSpace space = SPACES.computeIfAbsent(name, key -> space(key, RatioGrid.METAPRUNING));
    int[] genes = space.random(new RandomStreams(seed).stream("structure", 0)).toArray();
    FormulaCosts formula = FormulaCosts.of(space, 1);

    genes[pick] = 12;
    Costs narrow = formula.costs(Structure.of(genes));
    genes[pick] = 29;
    Costs wide = formula.costs(Structure.of(genes));

    for (Metric metric : Metric.values()) {
      assertThat(wide.of(metric)).isGreaterThanOrEqualTo(narrow.of(metric));
    }
    assertThat(wide.macs()).isGreaterThan(narrow.macs());
  }

  @Property(tries = 60)
  void costs_anySparseStructureOfTheZoo_equalThoseOfItsNetwork(
      @ForAll("networks") String name, @ForAll long seed) {
    SearchSpace space = SPARSE.computeIfAbsent(name, FormulaCostsTest::sparse);
    Structure structure = space.random(new RandomStreams(seed).stream("structure", 0));

    Costs costs = FormulaCosts.of(space, 2).costs(structure);

    assertThat(costs)
        .isEqualTo(
            WalkCosts.of(space.apply(structure), layer -> space.keptFraction(structure, layer), 2));
    assertThat(costs.nonZeroMacs()).isLessThan(costs.macs());
    assertThat(costs.compressedBytes()).isLessThan(costs.weightBytes());
  }

  @Test
  void costs_moreIsKept_neverFall() {
    SearchSpace space = sparse("resnet20");
    FormulaCosts formula = FormulaCosts.of(space, 1);
    int[] genes = space.widest().toArray();
    for (int gene = space.widthGenes(); gene < genes.length; gene++) {
      genes[gene] = 0;
      Costs before = formula.costs(Structure.of(genes));
      for (int value = 1; value < space.keptGrid().count(); value++) {
        genes[gene] = value;
        Costs after = formula.costs(Structure.of(genes));
        assertThat(after.nonZeroMacs()).isGreaterThan(before.nonZeroMacs());
        assertThat(after.compressedBytes()).isGreaterThanOrEqualTo(before.compressedBytes());
        assertThat(after.macs()).isEqualTo(before.macs());
        before = after;
      }
    }
    assertThat(formula.costs(Structure.of(genes))).isEqualTo(WalkCosts.of(space.network(), 1));
  }

  @Test
  void costs_groupsConcatsAndFlatten_equalThoseOfTheNetwork() {
    SearchSpace space = SearchSpace.of(everyKindOfLayer(), RatioGrid.METAPRUNING);
    FormulaCosts formula = FormulaCosts.of(space, 3);
    RandomGenerator random = new RandomStreams(1).stream("structure", 0);

    for (int i = 0; i < 200; i++) {
      Structure structure = space.random(random);
      assertThat(formula.costs(structure)).isEqualTo(WalkCosts.of(space.apply(structure), 3));
    }
  }

  @Test
  void costs_roundedWidths_equalThoseOfTheNetwork() {
    SearchSpace space = space("mobilenetv2", new RatioGrid(10, 3, 31, 8));
    FormulaCosts formula = FormulaCosts.of(space, 1);
    RandomGenerator random = new RandomStreams(2).stream("structure", 0);

    for (int i = 0; i < 20; i++) {
      Structure structure = space.random(random);
      assertThat(formula.costs(structure)).isEqualTo(WalkCosts.of(space.apply(structure), 1));
    }
  }

  @Test
  void costs_publishedSize_doNotOverflow() {
    SearchSpace space =
        SearchSpace.of(Zoo.network("vgg16", new Shape(3, 224, 224), 1000), RatioGrid.METAPRUNING);

    Costs costs = FormulaCosts.of(space, 1024).costs(space.widest());

    assertThat(costs).isEqualTo(WalkCosts.of(space.network(), 1024));
    assertThat(costs.activationBytes()).isEqualTo(4L * 1024 * 2 * 64 * 224 * 224);
  }

  @Test
  void costs_foreignStructure_isRefused() {
    FormulaCosts formula = FormulaCosts.of(space("resnet20", RatioGrid.METAPRUNING), 1);

    assertThatThrownBy(() -> formula.costs(Structure.of(1)))
        .hasMessageContaining("has 1 genes, but the space of resnet20 has 12");
  }

  private static SearchSpace sparse(String name) {
    return SearchSpace.of(
        space(name, RatioGrid.METAPRUNING).network(),
        RatioGrid.METAPRUNING,
        new KeptGrid(List.of(1, 5, 10, 25, 50, 90, 100)),
        Set.of());
  }

  private static Network everyKindOfLayer() {
    NetworkBuilder net = new NetworkBuilder("every kind", new Shape(3, 9, 7));
    int stem = net.convBatchNorm("stem", "", 0, Layer.Conv.dense(12, 3, 2).withBias());
    int grouped = net.add("grouped", new Layer.Conv(20, 3, 1, 2, 2, 4, true), List.of(stem));
    int relu = net.activation("relu", grouped, Layer.Activation.Function.RELU);
    int plain = net.conv("plain", stem, 9, 1, 1);
    int concat = net.concat("concat", relu, plain, relu);
    int normal = net.add("bn", new Layer.BatchNorm(false), List.of(concat));
    int depthwise = net.depthwise("depthwise", normal, 3, 1);
    int mixed = net.conv("mixed", net.sum("sum", depthwise, concat), 10, 1, 1);
    int flat = net.add("flat", new Layer.Flatten(), List.of(mixed));
    int hidden = net.add("hidden", new Layer.Linear(31, false), List.of(flat));
    net.linear("head", net.concat("ends", hidden, flat), 4);
    return net.build();
  }

  private static SearchSpace space(String name, RatioGrid grid) {
    return SearchSpace.of(Zoo.network(name, new Shape(3, 32, 32), 10), grid);
  }
}
