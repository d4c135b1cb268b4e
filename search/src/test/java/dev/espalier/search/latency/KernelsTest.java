package dev.espalier.search.latency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class KernelsTest {

  private static final Device BLOCKS = new Device("phone", "chip", "runtime", 1, 1, 16);
  private static final Device PLAIN = new Device("phone", "chip", "runtime", 1, 1, 0);

  @Test
  void of_residualBlockInBlocks_sumAndReluArePartOfTheConvolution() {
    assertThat(kinds(block(16), BLOCKS))
        .containsExactly(
            "CALL PLAIN 3 3",
            "CONV DIRECT 3 16",
            "CONV BLOCKED 16 16",
            "JOIN BLOCKED 16 16",
            "GLOBAL_POOL BLOCKED 16 16",
            "FROM_BLOCKS BLOCKED 16 16",
            "LINEAR PLAIN 16 10");
  }

  @Test
  void of_fewChannels_readsPlainMapsAndComputesWholeBlocks() {
    assertThat(kinds(block(7), BLOCKS))
        .containsExactly(
            "CALL PLAIN 3 3",
            "CONV DIRECT 3 16",
            "FROM_BLOCKS BLOCKED 7 7",
            "CONV DIRECT 7 16",
            "JOIN BLOCKED 16 16",
            "GLOBAL_POOL BLOCKED 16 16",
            "FROM_BLOCKS BLOCKED 7 7",
            "LINEAR PLAIN 7 10");
  }

  @Test
  void of_channelsThatAreNoMultipleOfFour_areNeverPutIntoBlocks() {
    assertThat(kinds(block(18), BLOCKS))
        .containsExactly(
            "CALL PLAIN 3 3",
            "CONV DIRECT 3 32",
            "FROM_BLOCKS BLOCKED 18 18",
            "CONV PLAIN 18 18",
            "JOIN PLAIN 18 18",
            "GLOBAL_POOL PLAIN 18 18",
            "LINEAR PLAIN 18 10");
  }

  @Test
  void of_deviceWithoutBlocks_everythingIsPlain() {
    assertThat(Kernels.of(block(16), PLAIN))
        .allMatch(kernel -> kernel.operation().layout() == Layout.PLAIN)
        .noneMatch(kernel -> kernel.operation().kind() == Kind.FROM_BLOCKS);
  }

  @Test
  void of_groupsOfChannels_namesTheLayer() {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(16, 8, 8));
    net.add("grouped", new Layer.Conv(32, 3, 1, 1, 1, 4, false), List.of(0));

    assertThatThrownBy(() -> Kernels.of(net.build(), BLOCKS))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("layer 'grouped'")
        .hasMessageContaining("4 groups over 16 channels");
  }

  private static List<String> kinds(Network network, Device device) {
    return Kernels.of(network, device).stream()
        .map(
            kernel ->
                "%s %s %d %d"
                    .formatted(
                        kernel.operation().kind(),
                        kernel.operation().layout(),
                        kernel.in(),
                        kernel.out()))
        .toList();
  }

  /** A convolution, and a residual block of one more, batch norm behind both. */
  private static Network block(int width) {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(3, 8, 8));
    Layer.Activation.Function relu = Layer.Activation.Function.RELU;
    int stem =
        net.activation("relu1", net.batchNorm("bn1", net.conv("conv1", 0, width, 3, 1)), relu);
    int branch = net.batchNorm("bn2", net.conv("conv2", stem, width, 3, 1));
    int trunk = net.activation("relu2", net.sum("add", branch, stem), relu);
    net.linear("linear", net.globalAveragePool("pool", trunk), 10);
    return net.build();
  }
}
