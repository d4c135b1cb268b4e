package dev.espalier.search.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WalkCostsTest {

  private static final Layer.Activation.Function RELU = Layer.Activation.Function.RELU;

  @ParameterizedTest
  @CsvSource({
    "resnet18, 11689512",
    "resnet50, 25557032",
    "mobilenetv1, 4231976",
    "mobilenetv2, 3504872",
    "vgg16, 138365992",
  })
  void of_publishedNetwork_hasThePublishedParameters(String name, long parameters) {
    assertThat(published(name).parameters()).isEqualTo(parameters);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, 1.81e9, 0.01e9",
    "resnet50, 4.09e9, 0.005e9",
    "mobilenetv1, 569e6, 1e6",
    "mobilenetv2, 301e6, 0.5e6",
    "vgg16, 15.5e9, 0.05e9",
  })
  void of_publishedNetwork_hasThePublishedMacs(String name, double macs, double tolerance) {
    assertThat((double) published(name).macs()).isCloseTo(macs, within(tolerance));
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20, 40.8e6",
    "resnet32, 69.1e6",
    "resnet56, 125.7e6",
    "resnet110, 253.1e6",
    "mobilenetv2, 88.0e6",
  })
  void of_smallImages_hasTheKnownMacs(String name, double macs) {
    Costs costs = WalkCosts.of(Zoo.network(name, new Shape(3, 32, 32), 10), 1);

    assertThat((double) costs.macs()).isCloseTo(macs, within(0.05e6));
  }

  @Test
  void of_denseNet40_hasThePublishedMillionParameters() {
    Costs costs = WalkCosts.of(Zoo.network("densenet40", new Shape(3, 32, 32), 10), 1);

    assertThat(costs.parameters()).isEqualTo(1_019_722);
  }

  @Test
  void of_handMadeNetwork_equalsTheSumByHand() {
    NetworkBuilder net = new NetworkBuilder("tiny", new Shape(3, 8, 8));
    int conv = net.add("conv", Layer.Conv.dense(4, 3, 2).withBias(), List.of(0));
    int grouped = net.add("grouped", new Layer.Conv(6, 1, 1, 0, 1, 2, false), List.of(conv));
    int depthwise = net.depthwise("depthwise", net.batchNorm("bn", grouped), 3, 1);
    net.linear("linear", net.add("flatten", new Layer.Flatten(), List.of(depthwise)), 5);

    Costs costs = WalkCosts.of(net.build(), 2);

    assertThat(costs.macs()).isEqualTo(16 * 4 * 27 + 16 * 6 * 2 + 16 * 6 * 9 + 96 * 5);
    assertThat(costs.parameters()).isEqualTo(4 * 27 + 4 + 6 * 2 + 2 * 6 + 6 * 9 + 96 * 5 + 5);
    assertThat(costs.weightBytes()).isEqualTo(4 * costs.parameters());
    assertThat(costs.activationBytes()).isEqualTo(4 * 2 * (3 * 64 + 4 * 16));
  }

  @Test
  void of_chainInPlace_holdsTwoNeighbours() {
    NetworkBuilder net = new NetworkBuilder("chain", new Shape(1, 10, 10));
    int first = net.convBatchNorm("a", "", 0, Layer.Conv.dense(2, 1, 1));
    int second = net.conv("b", net.activation("relu", first, RELU), 5, 1, 1);
    net.conv("c", second, 1, 1, 1);

    assertThat(WalkCosts.of(net.build(), 1).activationBytes()).isEqualTo(4 * 100 * (2 + 5));
  }

  @Test
  void of_shortcut_holdsItsSourceUntilTheSum() {
    NetworkBuilder net = new NetworkBuilder("shortcut", new Shape(1, 10, 10));
    int trunk = net.conv("trunk", 0, 3, 1, 1);
    int inner = net.conv("inner", trunk, 7, 1, 1);
    int branch = net.conv("branch", inner, 3, 1, 1);
    net.sum("add", trunk, branch);

    // trunk, inner and branch are alive while branch is computed.
    assertThat(WalkCosts.of(net.build(), 1).activationBytes()).isEqualTo(4 * 100 * (3 + 7 + 3));
  }

  @Test
  void of_sharedInput_isNotOverwrittenByBatchNorm() {
    NetworkBuilder net = new NetworkBuilder("shared", new Shape(1, 10, 10));
    int trunk = net.conv("trunk", 0, 3, 1, 1);
    int normal = net.batchNorm("bn", trunk);
    net.concat("concat", trunk, normal);

    assertThat(WalkCosts.of(net.build(), 1).activationBytes()).isEqualTo(4 * 100 * (3 + 3 + 6));
  }

  private static Costs published(String name) {
    return WalkCosts.of(Zoo.network(name, new Shape(3, 224, 224), 1000), 1);
  }

  @Test
  void of_aLargerBatch_multipliesActivationsOnly() {
    Network network = Zoo.network("resnet20", new Shape(3, 32, 32), 10);

    Costs one = WalkCosts.of(network, 1);
    Costs many = WalkCosts.of(network, 50);

    assertThat(many.activationBytes()).isEqualTo(50 * one.activationBytes());
    assertThat(many.macs()).isEqualTo(one.macs());
    assertThat(many.weightBytes()).isEqualTo(one.weightBytes());
  }
}
