package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LayerContextTest {

  @ParameterizedTest
  @CsvSource({
    "stem.conv, image stem.conv",
    "stage1.block1.conv1, stem.conv stage1.block1.conv1",
    "stage1.block1.conv2, stem.conv stage1.block1.conv1",
    "stage2.block0.conv1, stem.conv stage2.block0.conv1 stage2.block0.conv2",
    "stage2.block0.conv2, stem.conv stage2.block0.conv1 stage2.block0.conv2",
    "stage2.block0.shortcut.conv, stem.conv stage2.block0.conv2",
    "head.linear, stage3.block0.conv2 head.linear",
  })
  void of_resnet20_seesInMidOut(String node, String groups) {
    assertThat(context("resnet20", node)).containsExactly(groups.split(" "));
  }

  @ParameterizedTest
  @ValueSource(strings = {"conv1", "conv2", "conv3"})
  void of_resnet50_seesBothWidthsOfTheBottleneckAndItsEnds(String conv) {
    assertThat(context("resnet50", "stage1.block0." + conv))
        .containsExactly(
            "stem.conv", "stage1.block0.conv1", "stage1.block0.conv2", "stage1.block0.conv3");
    assertThat(context("resnet50", "stage2.block1." + conv))
        .containsExactly("stage2.block0.conv3", "stage2.block1.conv1", "stage2.block1.conv2");
  }

  @Test
  void of_resnet50_stemIsAPlainConvolution() {
    assertThat(context("resnet50", "stem.conv")).containsExactly("image", "stem.conv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"expand", "depthwise", "project"})
  void of_mobilenetv2_seesInMidOut(String part) {
    assertThat(context("mobilenetv2", "stage4.block0.%s.conv".formatted(part)))
        .containsExactly(
            "stage3.block0.project.conv",
            "stage4.block0.expand.conv",
            "stage4.block0.project.conv");
    assertThat(context("mobilenetv2", "stage7.block0.%s.conv".formatted(part)))
        .as("a block without a shortcut")
        .containsExactly(
            "stage6.block0.project.conv",
            "stage7.block0.expand.conv",
            "stage7.block0.project.conv");
    assertThat(context("mobilenetv2", "stage4.block2.%s.conv".formatted(part)))
        .as("a block whose ends are tied")
        .containsExactly("stage4.block0.project.conv", "stage4.block2.expand.conv");
  }

  @Test
  void of_mobilenetv2_lastConvolutionIsPlain() {
    assertThat(context("mobilenetv2", "head.conv"))
        .containsExactly("stage7.block0.project.conv", "head.conv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"vgg16", "mobilenetv1", "densenet40"})
  void of_networkWithoutAdds_seesWhatItReadsAndWrites(String name) {
    SearchSpace space = space(name);
    for (Node node : space.network().nodes()) {
      if (node.layer() instanceof Layer.Conv) {
        List<Integer> ends =
            Stream.of(node.input(), node.index())
                .flatMap(end -> space.segments(end).stream())
                .map(Segment::group)
                .distinct()
                .sorted()
                .toList();
        assertThat(space.context(node.index())).as(node.name()).isEqualTo(ends);
      }
    }
  }

  private static SearchSpace space(String network) {
    return SearchSpace.of(Zoo.network(network, new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);
  }

  private static List<String> context(String network, String name) {
    SearchSpace space = space(network);
    return space.network().nodes().stream()
        .filter(node -> node.name().equals(name))
        .flatMap(node -> space.context(node.index()).stream())
        .map(group -> space.groups().get(group).name())
        .toList();
  }
}
