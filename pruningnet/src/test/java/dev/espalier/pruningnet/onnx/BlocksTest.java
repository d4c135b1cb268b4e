package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.NodeProto;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.Kernels;
import dev.espalier.search.latency.Operation;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.latency.Operation.Layout;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlocksTest {

  /** Operators of ONNX Runtime, and what kernels call them. */
  private static final Map<String, Kind> SAME =
      Map.of(
          "ReorderInput", Kind.TO_BLOCKS,
          "ReorderOutput", Kind.FROM_BLOCKS,
          "Add", Kind.ADD,
          "Relu", Kind.RELU,
          "Gemm", Kind.LINEAR,
          "GlobalAveragePool", Kind.GLOBAL_POOL,
          "MaxPool", Kind.MAX_POOL,
          "AveragePool", Kind.AVERAGE_POOL,
          "Concat", Kind.CONCAT);

  /**
   * Where batch norm or pooling stands alone, ONNX Runtime sometimes changes the layout once more.
   */
  @ParameterizedTest
  @CsvSource({
    "resnet20, 0",
    "resnet50, 0",
    "mobilenetv1, 0",
    "mobilenetv2, 0",
    "vgg16, 1",
    "densenet40, 1"
  })
  void kernels_randomStructures_areWhatOnnxRuntimeRuns(String name, long difference) {
    assertCounted(Zoo.network(name, new Shape(3, 32, 32), 10), difference);
  }

  @Test
  void kernels_squeezeAndExcitation_areWhatOnnxRuntimeRuns() {
    assertCounted(TinyNetworks.excited(), 0);
  }

  @Test
  void kernels_depthwiseLayersThatMayKeepOneChannel_areWhatOnnxRuntimeRuns() {
    assertCounted(TinyNetworks.invertedBottleneck(), 0);
  }

  private static void assertCounted(Network full, long difference) {
    Device device = new Device("this", "one", "runtime", 1, 1, Blocks.channels());
    SearchSpace space = SearchSpace.of(full, RatioGrid.METAPRUNING);
    RandomGenerator random = new RandomStreams(3).stream("structures", 0);
    List<Structure> structures = new ArrayList<>(List.of(space.narrowest(), space.widest()));
    for (int i = 0; i < 5; i++) {
      structures.add(space.random(random));
    }

    for (Structure structure : structures) {
      Network network = space.apply(structure);
      List<NodeProto> nodes = Blocks.nodes(network);
      List<Operation> operations =
          Kernels.of(network, device).stream().map(Kernel::operation).toList();
      SAME.forEach(
          (operator, same) ->
              assertThat(operations.stream().filter(one -> one.kind() == same).count())
                  .as(operator)
                  .isCloseTo(
                      nodes.stream().filter(node -> node.getOpType().equals(operator)).count(),
                      within(difference)));
      assertThat(
              operations.stream()
                  .filter(one -> one.kind() == Kind.MULTIPLY || one.kind() == Kind.HARD_SWISH)
                  .count())
          .as("products")
          .isEqualTo(nodes.stream().filter(node -> node.getOpType().equals("Mul")).count());
      assertThat(operations.stream().filter(one -> isConvolution(one, false)).count())
          .as("convolutions of plain maps")
          .isCloseTo(
              nodes.stream().filter(node -> isConvolution(node) && !isInBlocks(node)).count(),
              within(difference));
      assertThat(operations.stream().filter(one -> isConvolution(one, true)).count())
          .as("convolutions that write blocks")
          .isCloseTo(
              nodes.stream().filter(node -> isConvolution(node) && isInBlocks(node)).count(),
              within(difference));
      assertThat(operations.stream().filter(one -> one.kind() == Kind.JOIN).count())
          .as("sums within convolutions")
          .isCloseTo(
              nodes.stream().filter(node -> isConvolution(node) && isSumming(node)).count(),
              within(difference));
    }
  }

  /** Batch norm of blocks is one too: of one position, a filter for each channel. */
  private static boolean isConvolution(Operation one, boolean blocks) {
    boolean convolves = one.kind() == Kind.CONV || one.kind() == Kind.DEPTHWISE;
    return blocks
        ? one.layout() != Layout.PLAIN && (convolves || one.kind() == Kind.BATCH_NORM)
        : one.layout() == Layout.PLAIN && convolves;
  }

  private static boolean isConvolution(NodeProto node) {
    return node.getOpType().equals("Conv") || node.getOpType().equals("FusedConv");
  }

  private static boolean isInBlocks(NodeProto node) {
    return node.getDomain().equals("com.microsoft.nchwc");
  }

  /** Behind image, weights and bias comes what is added. */
  private static boolean isSumming(NodeProto node) {
    return node.getInputCount() > 3;
  }
}
