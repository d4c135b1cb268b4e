package dev.espalier.search.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.cell.Backbone;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.cell.CellSpace;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTextTest {

  private static final Shape IMAGE = new Shape(3, 32, 32);

  static Stream<Network> networks() {
    CellArchitectures cells = new CellArchitectures(CellSpace.DARTS, new Backbone(3, 4, IMAGE, 10));
    Stream<Network> found =
        Stream.of(1, 2).map(i -> cells.random(new RandomStreams(i).stream("cells", 0)).network());
    Stream<Network> zoo = Zoo.names().stream().map(name -> Zoo.network(name, IMAGE, 10));
    return Stream.of(Stream.of(squeezeAndExcite(), fixed()), found, zoo).flatMap(all -> all);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void parse_textOfANetwork_isThatNetwork(Network network) {
    assertThat(NetworkText.parse(NetworkText.of(network))).isEqualTo(network);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "net",
        "net conv out=3",
        "net image channels=3 height=8",
        "net image channels=3 height=8 width=8\nc conv out=4 kernel=3",
        "net image channels=3 height=8 width=8\nf flat from=0",
        "net image channels=3 height=8 width=8\nf flatten from=1",
        "net image channels=3 height=8 width=8\nf flatten from=x",
        "net image channels=3 height=8 width=8\na activation function=TANH from=0",
        "net image channels=3 height=8 width=8\nn batch-norm affine=maybe from=0"
      })
  void parse_anythingElse_isRefused(String text) {
    assertThatThrownBy(() -> NetworkText.parse(text)).isInstanceOf(BadInputException.class);
  }

  @Test
  void parse_layerThatDoesNotFit_isRefusedWithItsLine() {
    assertThatThrownBy(
            () ->
                NetworkText.parse(
                    "net image channels=3 height=8 width=8\nfc linear out=4 bias=true from=0"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("line 1", "fc linear", "flat input");
  }

  @Test
  void of_nameWithABlank_isRefused() {
    NetworkBuilder net = new NetworkBuilder("net", IMAGE);
    net.globalAveragePool("a pool", 0);

    assertThatThrownBy(() -> NetworkText.of(net.build()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'a pool'");
  }

  /** Values around feature maps, and all that is never pruned. */
  private static Network fixed() {
    NetworkBuilder net = new NetworkBuilder("fixed", IMAGE);
    int padded = net.add("pad", new Layer.Pad(0, 1, 2, 3, Double.NEGATIVE_INFINITY), List.of(0));
    int even = net.add("even", new Layer.LocalResponse(5, 1e-4, 0.75, 1), List.of(padded));
    int part = net.add("part", new Layer.Slice(1, 3), List.of(even));
    net.globalAveragePool("pool", net.add("mixed", new Layer.Shuffle(2), List.of(part)));
    return net.build();
  }

  /** Every activation, and factors for each channel. */
  private static Network squeezeAndExcite() {
    NetworkBuilder net = new NetworkBuilder("excited", IMAGE);
    int trunk =
        net.activation("swish", net.conv("conv", 0, 8, 3, 2), Layer.Activation.Function.HARD_SWISH);
    int squeezed = net.globalAveragePool("squeeze", trunk);
    int factors =
        net.activation(
            "gate",
            net.add("excite", new Layer.Conv(8, 1, 1, 0, 1, 1, true), List.of(squeezed)),
            Layer.Activation.Function.HARD_SIGMOID);
    int scaled = net.add("scale", new Layer.Multiply(), List.of(trunk, factors));
    int pooled =
        net.globalAveragePool(
            "pool", net.activation("sigmoid", scaled, Layer.Activation.Function.SIGMOID));
    net.linear("fc", pooled, 10);
    return net.build();
  }
}
