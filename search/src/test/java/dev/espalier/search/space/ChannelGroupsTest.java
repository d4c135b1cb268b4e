package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChannelGroupsTest {

  private final NetworkBuilder net = new NetworkBuilder("hand-made", new Shape(3, 4, 4));

  @Test
  void of_chain_startsAGroupAtEachConvolution() {
    int a = net.convBatchNorm("a", "", 0, Layer.Conv.dense(8, 3, 1));
    int b = net.conv("b", net.activation("relu", a, Layer.Activation.Function.RELU), 6, 1, 1);
    head(b);

    assertThat(groups())
        .extracting(ChannelGroup::name)
        .containsExactly("image", "a.conv", "b", "head");
    assertThat(groups()).extracting(ChannelGroup::channels).containsExactly(3, 8, 6, 2);
    assertThat(groups()).extracting(ChannelGroup::fixed).containsExactly(true, false, false, true);
  }

  @Test
  void of_adds_tieWhatTheyReadTransitively() {
    int a = net.conv("a", 0, 8, 1, 1);
    int b = net.conv("b", a, 8, 1, 1);
    int sum = net.sum("sum", a, b);
    int c = net.conv("c", sum, 8, 1, 1);
    head(net.sum("sum2", c, sum));

    assertThat(groups()).extracting(ChannelGroup::name).containsExactly("image", "a", "head");
    assertThat(groups().get(1).residual()).isTrue();
    assertThat(segments("c")).isEqualTo(segments("a"));
  }

  @Test
  void of_mixture_tiesWhatItReads() {
    int a = net.conv("a", 0, 8, 1, 1);
    int b = net.conv("b", a, 8, 1, 1);
    head(net.add("mixed", new Layer.Mixture("edge", List.of("none", "a", "b")), List.of(a, b)));

    assertThat(groups()).extracting(ChannelGroup::name).containsExactly("image", "a", "head");
    assertThat(segments("mixed")).isEqualTo(segments("b"));
  }

  @Test
  void of_depthwise_passesItsInputOn() {
    int a = net.conv("a", 0, 8, 1, 1);
    head(net.depthwise("depthwise", a, 3, 1));

    assertThat(groups()).extracting(ChannelGroup::name).containsExactly("image", "a", "head");
    assertThat(segments("depthwise")).containsExactly(new Segment(1, 1));
    assertThat(groups().get(1).residual()).isFalse();
  }

  @Test
  void of_groupedConvolution_needsMultiplesOnBothSides() {
    int a = net.conv("a", 0, 12, 1, 1);
    int b = net.add("b", new Layer.Conv(8, 3, 1, 1, 1, 4, false), List.of(a));
    head(b);

    assertThat(groups()).extracting(ChannelGroup::unit).containsExactly(1, 4, 4, 1);
    Network pruned = space().apply(space().narrowest());
    assertThat(pruned.node(1).output().channels()).isEqualTo(4);
    assertThat(pruned.node(2).output().channels()).isEqualTo(4);
  }

  @Test
  void of_groupedConvolutionBehindAnAdd_raisesTheUnitOfBothBranches() {
    int a = net.conv("a", 0, 12, 1, 1);
    int grouped = net.add("g", new Layer.Conv(12, 1, 1, 0, 1, 2, false), List.of(a));
    int third = net.add("h", new Layer.Conv(12, 1, 1, 0, 1, 3, false), List.of(grouped));
    head(net.sum("sum", grouped, third));

    assertThat(groups()).extracting(ChannelGroup::name).containsExactly("image", "a", "g", "head");
    assertThat(groups()).extracting(ChannelGroup::unit).containsExactly(1, 2, 6, 1);
  }

  @Test
  void of_fixedLayer_keepsWhatItReadsAndMakesWholeAndNothingElse() {
    int a = net.conv("a", 0, 6, 1, 1);
    int part = net.add("part", new Layer.Slice(0, 4), List.of(a));
    int b = net.conv("b", part, 8, 1, 1);
    head(b);

    assertThat(groups())
        .filteredOn(ChannelGroup::fixed)
        .extracting(ChannelGroup::name)
        .containsExactly("image", "a", "part", "head");
    assertThat(groups())
        .filteredOn(group -> !group.fixed())
        .extracting(ChannelGroup::name)
        .containsExactly("b");
  }

  @Test
  void of_groupedConvolutionOverAConcat_keepsItsInputsWhole() {
    int a = net.conv("a", 0, 6, 1, 1);
    int b = net.conv("b", 0, 2, 1, 1);
    int both = net.concat("concat", a, b);
    head(net.add("g", new Layer.Conv(8, 1, 1, 0, 1, 2, false), List.of(both)));

    assertThat(groups())
        .filteredOn(ChannelGroup::fixed)
        .extracting(ChannelGroup::name)
        .containsExactly("image", "a", "b", "head");
  }

  @Test
  void of_concat_listsItsInputsInOrder() {
    int a = net.conv("a", 0, 6, 1, 1);
    int b = net.conv("b", 0, 2, 1, 1);
    int normal = net.batchNorm("bn", net.concat("concat", b, a, b));
    head(normal);

    assertThat(segments("bn"))
        .containsExactly(new Segment(2, 1), new Segment(1, 1), new Segment(2, 1));
    SearchSpace space = space();
    assertThat(space.kept(space.narrowest(), normal))
        .containsExactly(new ChannelRange(0, 1), new ChannelRange(2, 1), new ChannelRange(8, 1));
    assertThat(space.width(space.narrowest(), space.network().node(normal))).isEqualTo(3);
  }

  @Test
  void of_addOfConcatsOfOneLayout_tiesThemPartByPart() {
    int a = net.conv("a", 0, 6, 1, 1);
    int b = net.conv("b", 0, 2, 1, 1);
    int c = net.conv("c", 0, 6, 1, 1);
    int d = net.conv("d", 0, 2, 1, 1);
    head(net.sum("sum", net.concat("ab", a, b), net.concat("cd", c, d)));

    assertThat(groups()).extracting(ChannelGroup::name).containsExactly("image", "a", "b", "head");
  }

  @Test
  void of_addOfDifferentLayouts_keepsBothWhole() {
    int a = net.conv("a", 0, 6, 1, 1);
    int b = net.conv("b", 0, 2, 1, 1);
    int c = net.conv("c", 0, 8, 1, 1);
    head(net.sum("sum", net.concat("ab", a, b), c));

    assertThat(groups()).allMatch(ChannelGroup::fixed);
    assertThat(space().genes()).isEmpty();
  }

  @Test
  void of_flatten_repeatsEachChannelPerPosition() {
    int a = net.conv("a", 0, 8, 1, 1);
    int flat = net.add("flat", new Layer.Flatten(), List.of(a));
    net.linear("head", flat, 2);

    assertThat(segments("flat")).containsExactly(new Segment(1, 16));
    SearchSpace space = space();
    assertThat(space.kept(Structure.of(13), flat)).containsExactly(new ChannelRange(0, 3 * 16));
    assertThat(space.apply(Structure.of(13)).node(flat).output()).hasToString("48x1x1");
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20, 12, 3",
    "resnet56, 30, 3",
    "resnet18, 12, 4",
    "resnet50, 37, 4",
    "mobilenetv1, 14, 0",
    "mobilenetv2, 25, 5",
    "vgg16, 13, 0",
    "densenet40, 39, 0",
  })
  void of_zooNetwork_hasTheGenesOfItsGraph(String name, int genes, long residual) {
    SearchSpace space =
        SearchSpace.of(Zoo.network(name, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);

    assertThat(space.genes()).hasSize(genes);
    assertThat(space.groups().stream().filter(ChannelGroup::residual)).hasSize((int) residual);
  }

  private void head(int node) {
    net.linear("head", net.globalAveragePool("pool", node), 2);
  }

  private SearchSpace space() {
    return SearchSpace.of(net.build(), RatioGrid.METAPRUNING);
  }

  private List<ChannelGroup> groups() {
    return space().groups();
  }

  private List<Segment> segments(String name) {
    return space().network().nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(node -> space().segments(node.index()))
        .findFirst()
        .orElseThrow();
  }
}
