package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.Kernels;
import dev.espalier.search.latency.Operation.Kind;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
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
    Device device = new Device("this", "one", "runtime", 1, 1, Blocks.channels());
    SearchSpace space =
        SearchSpace.of(Zoo.network(name, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
    RandomGenerator random = new RandomStreams(3).stream("structures", 0);

    for (int i = 0; i < 5; i++) {
      Network network = space.apply(space.random(random));
      Collection<String> operators = Blocks.operators(network);
      List<Kind> kinds =
          Kernels.of(network, device).stream().map(Kernel::operation).map(o -> o.kind()).toList();
      SAME.forEach(
          (operator, same) ->
              assertThat(kinds.stream().filter(same::equals).count())
                  .as(operator)
                  .isCloseTo(
                      operators.stream().filter(operator::equals).count(), within(difference)));
    }
  }
}
