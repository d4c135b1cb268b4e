package dev.espalier.search.latency;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SurveyTest {

  @ParameterizedTest
  @CsvSource({
    "resnet20, 16",
    "resnet20, 8",
    "resnet20, 0",
    "mobilenetv2, 16",
    "mobilenetv2, 0",
    "densenet40, 16",
    "vgg16, 8",
    "resnet50, 16",
    "mobilenetv1, 16"
  })
  void of_space_reachesEveryStructureWithAnyFewWidths(String name, int block) {
    assertReached(Zoo.network(name, new Shape(3, 32, 32), 10), block);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 8, 16})
  void of_depthwiseLayerThatMayKeepOneChannel_reachesWhatIsAnOrdinaryConvolutionThen(int block) {
    NetworkBuilder net = new NetworkBuilder("net", new Shape(3, 8, 8));
    int depthwise = net.depthwise("depthwise", net.conv("stem", 0, 8, 1, 1), 3, 1);
    net.linear("linear", net.globalAveragePool("pool", depthwise), 4);
    Network network = net.build();

    assertReached(network, block);
    assertThat(SearchSpace.of(network, RatioGrid.METAPRUNING).narrowest())
        .extracting(SearchSpace.of(network, RatioGrid.METAPRUNING)::apply)
        .extracting(narrow -> narrow.node(depthwise).output().channels())
        .isEqualTo(1);
  }

  private static void assertReached(Network network, int block) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    Device device = new Device("phone", "chip", "runtime", 1, 1, block);
    RandomGenerator random = new RandomStreams(7).stream("structures", 0);

    List<Kernel> kernels = Survey.of(space.apply(space.narrowest()), space.network(), device, 3);
    Map<Kernel, Timing> timings =
        kernels.stream().collect(Collectors.toMap(Function.identity(), k -> new Timing(2, 1, 0)));
    LatencyTable table = new LatencyTable(device, timings);

    for (int i = 0; i < 200; i++) {
      assertThat(table.microseconds(space.apply(space.random(random)))).isPositive();
    }
    assertThat(table.microseconds(space.network())).isPositive();
    assertThat(table.microseconds(space.apply(space.narrowest()))).isPositive();
  }
}
