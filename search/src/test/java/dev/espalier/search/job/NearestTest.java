package dev.espalier.search.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {

  private static final List<String> NAMES = List.of("resnet20", "resnet32", "mobilenetv2", "vgg16");

  @Test
  void to_oneLetterOff_findsName() {
    assertThat(Nearest.to("resnet2", NAMES)).hasValue("resnet20");
    assertThat(Nearest.to("mobilnetv2", NAMES)).hasValue("mobilenetv2");
  }

  @Test
  void to_swappedLetters_countsOneChange() {
    assertThat(Nearest.to("vg1g6", List.of("vgg16"))).hasValue("vgg16");
  }

  @Test
  void to_otherCase_isNoDifference() {
    assertThat(Nearest.to("MobileNetV2", NAMES)).hasValue("mobilenetv2");
  }

  @Test
  void to_nothingClose_isEmpty() {
    assertThat(Nearest.to("transformer", NAMES)).isEmpty();
  }

  @Test
  void to_tie_takesFirstByName() {
    assertThat(Nearest.to("resnetxx", List.of("resnet32", "resnet20"))).hasValue("resnet20");
  }
}
