package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.SpaceSpec;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class SearchSpaceTest {

  private static final Map<String, SearchSpace> SPACES = new HashMap<>();
  private static final Network RESNET = Zoo.network("resnet20", new Shape(3, 32, 32), 10);
  private final SearchSpace space = SearchSpace.of(RESNET, RatioGrid.METAPRUNING);

  @Provide
  Arbitrary<String> networks() {
    return Arbitraries.of(Zoo.names());
  }

  @Property(tries = 150)
  void apply_anyStructureOfTheZoo_hasConsistentShapes(
      @ForAll("networks") String name, @ForAll long seed) {
    SearchSpace any = spaceOf(name);
    Structure structure = any.random(new RandomStreams(seed).stream("structure", 0));

    Network pruned = any.apply(structure);

    assertThat(pruned.nodes()).hasSameSizeAs(any.network().nodes());
    for (Node node : pruned.nodes()) {
      Node base = any.network().node(node.index());
      int width = any.width(structure, base);
      assertThat(node.output()).isEqualTo(base.output().withChannels(width));
      assertThat(node.inputs()).isEqualTo(base.inputs());
      assertThat(pruned.isDepthwise(node)).isEqualTo(any.network().isDepthwise(base) && width > 1);
      int end = 0;
      int kept = 0;
      for (ChannelRange range : any.kept(structure, node.index())) {
        assertThat(range.start()).isGreaterThanOrEqualTo(end);
        end = range.start() + range.length();
        kept += range.length();
      }
      assertThat(kept).isEqualTo(width);
      assertThat(end).isLessThanOrEqualTo(base.output().channels());
    }
    assertThat(pruned.classes()).isEqualTo(10);
  }

  @Test
  void apply_widest_isTheBaseNetwork() {
    for (String name : Zoo.names()) {
      SearchSpace any = spaceOf(name);
      assertThat(any.apply(any.widest())).isEqualTo(any.network());
    }
  }

  @Test
  void apply_structure_changesTheDigest() {
    assertThat(space.apply(space.narrowest()).digest())
        .hasSize(64)
        .isNotEqualTo(RESNET.digest())
        .isEqualTo(space.apply(space.narrowest()).digest());
  }

  @Test
  void widths_structure_agreesWithEachGroup() {
    Structure structure = Structure.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 30);

    assertThat(space.widths(structure))
        .containsExactly(3, 1, 2, 2, 3, 7, 8, 8, 9, 21, 23, 25, 64, 10);
    assertThat(space.width(structure, 5)).isEqualTo(7);
    assertThat(space.ratio(structure, 5)).isEqualTo(0.22);
    assertThat(space.ratio(structure, 0)).isEqualTo(1.0);
  }

  @Test
  void of_fixedGroups_haveNoGene() {
    SearchSpace fixed =
        SearchSpace.of(RESNET, RatioGrid.METAPRUNING, Set.of("stem.conv", "stage3.block2.conv1"));

    assertThat(fixed.genes()).hasSize(10).extracting(Gene::name).doesNotContain("stem.conv");
    assertThat(fixed.groups()).hasSameSizeAs(space.groups());
    assertThat(fixed.width(fixed.narrowest(), 1)).isEqualTo(16);
    assertThat(fixed.apply(fixed.narrowest()).node(1).output().channels()).isEqualTo(16);
  }

  @Test
  void from_unknownFixedGroup_namesTheNearest() {
    SpaceSpec spec = new SpaceSpec(10, 3, 1, List.of("stem.cov"), List.of(100));

    assertThatThrownBy(() -> SearchSpace.from(RESNET, spec))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("space.fixed: network resnet20 has no channel group 'stem.cov'")
        .hasMessageEndingWith("Maybe 'stem.conv' is meant?");
  }

  @Test
  void from_multipleOfEight_keepsWidthsFitForHardware() {
    SearchSpace eights = SearchSpace.from(RESNET, new SpaceSpec(10, 3, 8, List.of(), List.of(100)));
    RandomGenerator random = new RandomStreams(1).stream("structure", 0);

    for (int i = 0; i < 50; i++) {
      Structure structure = eights.random(random);
      for (ChannelGroup group : eights.groups()) {
        int width = eights.width(structure, group.id());
        assertThat(group.fixed() || width % 8 == 0).as(group.name()).isTrue();
      }
    }
  }

  @Test
  void random_manyDraws_coverEveryRatioEvenly() {
    RandomGenerator random = new RandomStreams(2).stream("structure", 0);
    int[] counts = new int[31];
    int draws = 31 * 100;
    for (int i = 0; i < draws; i++) {
      counts[space.random(random).gene(0)]++;
    }
    double chiSquare = 0;
    for (int count : counts) {
      chiSquare += (count - 100.0) * (count - 100.0) / 100.0;
    }

    assertThat(chiSquare).as("99.9% point of chi-square with 30 degrees").isLessThan(59.7);
  }

  @Test
  void random_oneSeed_givesTheSameStructures() {
    Set<Structure> drawn = new HashSet<>();
    for (int i = 0; i < 2; i++) {
      drawn.add(space.random(new RandomStreams(3).stream("structure", 0)));
    }

    assertThat(drawn).hasSize(1);
  }

  @Test
  void check_foreignStructure_isRefused() {
    assertThatThrownBy(() -> space.check(Structure.of(1, 2)))
        .hasMessageContaining("has 2 genes, but the space of resnet20 has 12");
    assertThatThrownBy(() -> space.apply(Structure.of(31, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))
        .hasMessageContaining("gene 0 (stem.conv) is 31, expected 0 to 30");
  }

  private static SearchSpace spaceOf(String name) {
    return SPACES.computeIfAbsent(
        name,
        key -> SearchSpace.of(Zoo.network(key, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING));
  }
}
