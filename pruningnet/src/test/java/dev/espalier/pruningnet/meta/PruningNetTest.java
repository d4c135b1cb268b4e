package dev.espalier.pruningnet.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.ReferenceForward;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.KeptGrid;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PruningNetTest {

  private static final double TOLERANCE = 1e-5;

  static Stream<Network> networks() {
    return TinyNetworks.all().stream();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weights_ofAnyStructure_equalPlainLoops(Network network) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 6, new RandomStreams(1))) {
      ReferencePruningNet reference = new ReferencePruningNet(net);
      for (Structure structure : structures(space)) {
        Map<Integer, ReferenceForward.Arrays> expected = reference.weights(structure);
        try (NDManager scope = Torch.scope()) {
          Weights found = net.weights(structure, scope);
          assertThat(found.layers().keySet()).isEqualTo(expected.keySet());
          expected.forEach((node, arrays) -> assertClose(found.of(network.node(node)), arrays));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weights_haveTheShapesOfThePrunedNetwork(Network network) {
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      for (Structure structure : structures(space)) {
        Network pruned = space.apply(structure);
        Weights weights = net.weights(structure, scope);
        for (Node node : pruned.nodes()) {
          if (node.layer() instanceof Layer.Conv conv) {
            assertThat(weights.of(node).weight().getShape())
                .isEqualTo(
                    new ai.djl.ndarray.types.Shape(
                        conv.out(),
                        pruned.inputOf(node).channels() / conv.groups(),
                        conv.kernel(),
                        conv.kernel()));
          }
        }
      }
    }
  }

  @Test
  void weights_sparseStructure_keepsTheLargestOfEachLayerToTheNumber() {
    SearchSpace dense = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    SearchSpace sparse =
        SearchSpace.of(
            TinyNetworks.residual(),
            RatioGrid.METAPRUNING,
            new KeptGrid(List.of(1, 20, 50, 100)),
            Set.of());
    Structure structure = sparse.random(new RandomStreams(7).stream("structure", 0));
    Structure widths = Structure.of(Arrays.copyOf(structure.toArray(), sparse.widthGenes()));
    try (PruningNet all = PruningNet.untrained(dense, 3, new RandomStreams(1));
        PruningNet some = PruningNet.untrained(sparse, 3, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Weights full = all.weights(widths, Padding.VECTORS, scope);
      Weights kept = some.weights(structure, Padding.VECTORS, scope);
      for (Node layer : sparse.network().layersWithWeights()) {
        float[] before = full.of(layer).weight().toFloatArray();
        float[] after = kept.of(layer).weight().toFloatArray();
        float least = Float.MAX_VALUE;
        float mostDropped = 0;
        int count = 0;
        for (int i = 0; i < after.length; i++) {
          if (after[i] == 0) {
            mostDropped = Math.max(mostDropped, Math.abs(before[i]));
          } else {
            assertThat(after[i]).isEqualTo(before[i]);
            least = Math.min(least, Math.abs(after[i]));
            count++;
          }
        }
        assertThat(count).as(layer.name()).isEqualTo((int) sparse.keptWeights(structure, layer));
        assertThat(least).as(layer.name()).isGreaterThanOrEqualTo(mostDropped);
      }
    }
  }

  @Test
  void weights_ofConvolutionsTiedByAnAdd_haveOneWidth() {
    SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      for (Structure structure : structures(space)) {
        Weights weights = net.weights(structure, scope);
        assertThat(rows(net, weights, "b1.conv2")).isEqualTo(rows(net, weights, "stem"));
        assertThat(rows(net, weights, "b2.conv2")).isEqualTo(rows(net, weights, "b2.shortcut"));
      }
    }
  }

  @Test
  void weights_leaveNothingElseInAnyScope() {
    SearchSpace space = SearchSpace.of(TinyNetworks.dense(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      Weights weights = net.weights(space.uniform(7), scope);
      long arrays =
          weights.layers().values().stream().mapToLong(w -> w.bias() == null ? 1 : 2).sum();
      assertThat(scope.getManagedArrays()).hasSize((int) arrays);
      assertThat(net.parameters().get(0).array().getManager().getManagedArrays())
          .hasSameSizeAs(net.parameters());
    }
  }

  @Test
  void weights_ofAStructureOfAnotherSpace_areRefused() {
    SearchSpace space = SearchSpace.of(TinyNetworks.plain(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1));
        NDManager scope = Torch.scope()) {
      assertThatThrownBy(() -> net.weights(Structure.of(1), scope))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("genes");
    }
  }

  @Test
  void untrained_withTheSameSeed_isTheSame() {
    SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    try (PruningNet one = PruningNet.untrained(space, 3, new RandomStreams(5));
        PruningNet same = PruningNet.untrained(space, 3, new RandomStreams(5));
        PruningNet other = PruningNet.untrained(space, 3, new RandomStreams(6))) {
      assertThat(values(one)).isEqualTo(values(same)).isNotEqualTo(values(other));
    }
  }

  @Test
  void untrained_startsFromOneKernelThatStructuresModulateALittle() {
    SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 32, new RandomStreams(5));
        NDManager scope = Torch.scope()) {
      Node conv = node(space.network(), "b1.conv2");
      NDArray wide = net.weights(space.widest(), scope).of(conv).weight();
      NDArray shared = parameter(net, "b1.conv2.kernel.bias").array().reshape(wide.getShape());
      double change = wide.sub(shared).norm().getFloat() / shared.norm().getFloat();
      assertThat(change).isBetween(0.001, 0.5);
      // Kaiming: variance 2 / (inputs x kernel x kernel), here 2 / 45 from 180 values.
      double deviation = shared.norm().getFloat() / Math.sqrt(shared.size());
      assertThat(deviation).isCloseTo(Math.sqrt(2.0 / 45), within(0.05));
    }
  }

  @Test
  void parameters_doubleTheHiddenLayerInInvertedBottlenecksOnly() {
    assertThat(hidden("mobilenetv2", "stage5")).containsOnly(64);
    assertThat(hidden("mobilenetv2", "stage7")).containsOnly(64);
    assertThat(hidden("mobilenetv2", "head")).containsOnly(32);
    assertThat(hidden("mobilenetv1", "")).containsOnly(32);
    assertThat(hidden("resnet50", "")).containsOnly(32);
  }

  @Test
  void parameters_giveAConvolutionABiasOnlyWhereNoBatchNormReadsIt() {
    SearchSpace space = SearchSpace.of(TinyNetworks.plain(), RatioGrid.METAPRUNING);
    try (PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1))) {
      assertThat(net.parameters().stream().map(Parameter::name))
          .contains("conv2.bias")
          .doesNotContain("conv1.bias");
    }
  }

  /** The hidden widths of the generators whose layer's name starts with a prefix. */
  private static List<Integer> hidden(String name, String prefix) {
    Network network = Zoo.network(name, new Shape(3, 32, 32), 10);
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    return network.nodes().stream()
        .filter(n -> n.layer() instanceof Layer.Conv && n.name().startsWith(prefix))
        .map(n -> GeneratorRules.hidden(space, n, 32))
        .toList();
  }

  static List<Structure> structures(SearchSpace space) {
    List<Structure> structures = new ArrayList<>(List.of(space.widest(), space.narrowest()));
    for (int i = 0; i < 4; i++) {
      structures.add(space.random(new RandomStreams(i).stream("structure", 0)));
    }
    return structures;
  }

  static Parameter parameter(PruningNet net, String name) {
    return net.parameters().stream().filter(p -> p.name().equals(name)).findFirst().orElseThrow();
  }

  private static Node node(Network network, String name) {
    return network.nodes().stream().filter(n -> n.name().equals(name)).findFirst().orElseThrow();
  }

  private static long rows(PruningNet net, Weights weights, String name) {
    return weights.of(node(net.space().network(), name)).weight().getShape().get(0);
  }

  private static int values(PruningNet net) {
    return Arrays.deepHashCode(
        net.parameters().stream().map(p -> p.array().toFloatArray()).toArray());
  }

  private static void assertClose(LayerWeights found, ReferenceForward.Arrays expected) {
    assertClose(found.weight().toFloatArray(), expected.weight());
    NDArray bias = found.bias();
    assertClose(bias == null ? new float[0] : bias.toFloatArray(), expected.bias());
  }

  private static void assertClose(float[] found, double[] expected) {
    assertThat(found).hasSameSizeAs(expected);
    for (int i = 0; i < found.length; i++) {
      assertThat((double) found[i]).isCloseTo(expected[i], within(TOLERANCE));
    }
  }
}
