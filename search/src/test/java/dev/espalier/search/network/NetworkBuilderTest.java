package dev.espalier.search.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworkBuilderTest {

  private final NetworkBuilder net = new NetworkBuilder("tiny", new Shape(4, 9, 6));

  @ParameterizedTest
  @CsvSource({"3, 1, 1, 1, 8x9x6", "3, 2, 1, 1, 8x5x3", "3, 1, 2, 2, 8x9x6", "2, 2, 0, 1, 8x4x3"})
  void add_convolution_infersItsShape(
      int kernel, int stride, int padding, int dilation, String shape) {
    Layer conv = new Layer.Conv(8, kernel, stride, padding, dilation, 1, false);

    assertThat(net.shape(net.add("conv", conv, List.of(0)))).hasToString(shape);
  }

  @Test
  void add_otherLayers_inferTheirShapes() {
    int pool = net.add("pool", new Layer.Pool(Layer.Pool.Kind.MAX, 3, 2, 1), List.of(0));
    int flat = net.add("flat", new Layer.Flatten(), List.of(pool));

    assertThat(net.shape(pool)).hasToString("4x5x3");
    assertThat(net.shape(net.concat("concat", pool, pool, pool))).hasToString("12x5x3");
    assertThat(net.shape(net.sum("sum", pool, pool))).hasToString("4x5x3");
    assertThat(net.shape(flat)).hasToString("60x1x1");
    assertThat(net.shape(net.linear("linear", flat, 7))).hasToString("7x1x1");
    assertThat(net.shape(net.globalAveragePool("mean", pool))).hasToString("4x1x1");
  }

  @Test
  void convBatchNorm_partOfABlock_namesBoth() {
    int normal = net.convBatchNorm("block", "2", 0, Layer.Conv.dense(8, 3, 1));

    Network network = net.build();
    assertThat(network.node(normal).name()).isEqualTo("block.bn2");
    assertThat(network.node(network.node(normal).input()).name()).isEqualTo("block.conv2");
  }

  @Test
  void add_shapesThatDoNotFit_namesNetworkNodeAndShapes() {
    int other = net.conv("conv", 0, 5, 1, 1);

    assertThatThrownBy(() -> net.sum("sum", 0, other))
        .hasMessage("network tiny: node 'sum': cannot add 5x9x6 to 4x9x6");
    int small = net.conv("small", 0, 5, 1, 2);
    assertThatThrownBy(() -> net.concat("concat", other, small))
        .hasMessageContaining("node 'concat': cannot concatenate 5x5x3 with 5x9x6");
    assertThatThrownBy(() -> net.linear("linear", other, 2))
        .hasMessageContaining("node 'linear': a linear layer needs a flat input, found 5x9x6");
  }

  @Test
  void add_impossibleConvolution_isRefused() {
    Layer thirds = new Layer.Conv(9, 1, 1, 0, 1, 3, false);
    Layer large = new Layer.Conv(8, 7, 1, 0, 1, 1, false);
    Layer still = new Layer.Conv(8, 3, 0, 0, 1, 1, false);

    assertThatThrownBy(() -> net.add("conv", thirds, List.of(0)))
        .hasMessageContaining("3 groups do not divide 4 input and 9 output channels");
    assertThatThrownBy(() -> net.add("conv2", large, List.of(0)))
        .hasMessageContaining("a window of 7 with padding 0 does not fit into 4x9x6");
    assertThatThrownBy(() -> net.add("conv3", still, List.of(0)))
        .hasMessageContaining("a window of 3 with stride 0 and padding 0");
  }

  @Test
  void add_dilationOfZero_isRefused() {
    Layer conv = new Layer.Conv(8, 3, 1, 1, 0, 1, false);

    assertThatThrownBy(() -> net.add("conv", conv, List.of(0)))
        .hasMessageContaining("a dilation of 0 is impossible");
  }

  @Test
  void add_wrongGraph_isRefused() {
    net.conv("conv", 0, 5, 1, 1);

    assertThatThrownBy(() -> net.conv("conv", 0, 5, 1, 1))
        .hasMessageContaining("two nodes named 'conv'");
    assertThatThrownBy(() -> net.conv("far", 9, 5, 1, 1))
        .hasMessageContaining("node 'far' reads node 9, which is not before it (0 to 1)");
    assertThatThrownBy(() -> net.add("alone", new Layer.Add(), List.of()))
        .hasMessageContaining("needs an input");
    assertThatThrownBy(() -> net.add("two", new Layer.Flatten(), List.of(0, 1)))
        .hasMessageContaining("reads 2 nodes");
  }

  @Test
  void digest_network_dependsOnTheGraphAndNotOnTheName() {
    Network network = Zoo.network("resnet20", new Shape(3, 32, 32), 10);

    assertThat(network.digest()).matches("[0-9a-f]{64}");
    assertThat(new Network("other", network.nodes()).digest()).isEqualTo(network.digest());
    assertThat(Zoo.network("resnet20", new Shape(3, 32, 32), 11).digest())
        .isNotEqualTo(network.digest());
  }

  @Test
  void add_mixture_readsOneNodeForEachOptionButNone() {
    int a = net.conv("a", 0, 5, 3, 1);
    int b = net.conv("b", 0, 5, 1, 1);
    Layer.Mixture mixture = new Layer.Mixture("edge", List.of("none", "a", "b"));
    net.add("mixed", mixture, List.of(a, b));

    assertThat(mixture.weighted()).containsExactly(1, 2);
    assertThat(net.build().choices()).containsExactly(Map.entry("edge", mixture.options()));
    assertThatThrownBy(() -> net.add("one", mixture, List.of(a)))
        .hasMessageContaining("node 'one': reads 1 nodes, but choice edge has 2 options");
    assertThatThrownBy(() -> net.add("other", mixture, List.of(a, 0)))
        .hasMessageContaining("cannot add 4x9x6 to 5x9x6");
    Layer.Mixture other = new Layer.Mixture("edge", List.of("a", "b"));
    assertThatThrownBy(() -> net.add("changed", other, List.of(a, b)))
        .hasMessageContaining("chooses from [a, b], but choice edge has been [none, a, b] before");
    assertThatThrownBy(() -> new Layer.Mixture("edge", List.of("a", "a")))
        .hasMessageContaining("option twice");
  }
}
