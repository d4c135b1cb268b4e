package dev.espalier.search.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ZooTest {

  private static final Shape SMALL = new Shape(3, 32, 32);

  @ParameterizedTest
  @MethodSource("dev.espalier.search.network.Zoo#names")
  void network_everyName_scoresEachClass(String name) {
    for (int side : new int[] {32, 33, 64, 65, 96, 224}) {
      Network network = Zoo.network(name, new Shape(3, side, side), 7);

      assertThat(network.name()).isEqualTo(name);
      assertThat(network.node(network.nodes().size() - 1).output()).isEqualTo(new Shape(7, 1, 1));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "resnet20, head.pool, 64x8x8",
    "resnet18, head.pool, 512x4x4",
    "resnet50, head.pool, 2048x4x4",
    "mobilenetv1, head.pool, 1024x4x4",
    "mobilenetv2, head.pool, 1280x4x4",
    "vgg16, head.flatten, 512x1x1",
    "densenet40, head.pool, 448x8x8",
  })
  void network_smallImage_endsInTheUsualFeatureMap(String name, String node, String shape) {
    assertThat(inputOf(Zoo.network(name, SMALL, 10), node)).hasToString(shape);
  }

  @ParameterizedTest
  @CsvSource({
    "resnet18, head.pool, 512x7x7",
    "resnet50, head.pool, 2048x7x7",
    "mobilenetv1, head.pool, 1024x7x7",
    "mobilenetv2, head.pool, 1280x7x7",
    "vgg16, head.flatten, 512x7x7",
  })
  void network_largeImage_endsInThePublishedFeatureMap(String name, String node, String shape) {
    assertThat(inputOf(Zoo.network(name, new Shape(3, 224, 224), 1000), node)).hasToString(shape);
  }

  @Test
  void network_greyRectangle_keepsItsShape() {
    Network network = Zoo.network("mobilenetv2", new Shape(1, 32, 48), 10);

    assertThat(network.input()).isEqualTo(new Shape(1, 32, 48));
    assertThat(inputOf(network, "head.pool")).isEqualTo(new Shape(1280, 4, 6));
  }

  @Test
  void network_mistypedName_namesTheNearest() {
    assertThatThrownBy(() -> Zoo.network("resnt20", SMALL, 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("'resnt20' is unknown")
        .hasMessageContaining("mobilenetv2")
        .hasMessageEndingWith("Maybe 'resnet20' is meant?");
  }

  @ParameterizedTest
  @CsvSource({"resnet20, 12, 16x16", "vgg16, 28, 32x32"})
  void network_tooSmallImage_isRefused(String name, int width, String smallest) {
    assertThatThrownBy(() -> Zoo.network(name, new Shape(3, 32, width), 10))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("3x32x" + width)
        .hasMessageContaining("at least " + smallest);
  }

  @Test
  void network_imagesOf16Pixels_everyNetworkButVggTakesThem() {
    Shape image = new Shape(3, 16, 16);
    List<String> taken = Zoo.names().stream().filter(name -> !name.equals("vgg16")).toList();

    assertThat(taken)
        .allSatisfy(name -> assertThat(Zoo.network(name, image, 10).input()).isEqualTo(image));
  }

  @Test
  void network_oneClass_isRefused() {
    assertThatThrownBy(() -> Zoo.network("vgg16", SMALL, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("1 classes, expected at least 2");
  }

  private static Shape inputOf(Network network, String name) {
    return network.nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(network::inputOf)
        .findFirst()
        .orElseThrow();
  }
}
