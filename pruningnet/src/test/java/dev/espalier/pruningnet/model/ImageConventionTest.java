package dev.espalier.pruningnet.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageConventionTest {

  @Test
  void of_entriesOfOne_isTheSame() {
    ImageConvention some =
        new ImageConvention(List.of("a", "b c"), List.of(-0.5, 0.0), List.of(1e-3, 2.0));

    assertThat(ImageConvention.of(some.entries(), "file")).isEqualTo(some);
  }

  @ParameterizedTest
  @CsvSource({
    "NaN 0,1 1",
    "0 Infinity,1 1",
    "-Infinity 0,1 1",
    "0 0,NaN 1",
    "0 0,1 Infinity",
    "0 0,1 0",
    "0 0,-1 1",
    "0 0,1",
    "0 x,1 1"
  })
  void of_numbersThatScaleNoImage_isRefusedWithItsSource(String mean, String std) {
    Map<String, String> entries = Map.of("classes", "a\nb", "mean", mean, "std", std);

    assertThatThrownBy(() -> ImageConvention.of(entries, "my.network"))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("my.network: its ");
  }

  @Test
  void scaled_notANumber_isRefused() {
    ImageConvention some = ImageConvention.unknown(2, 1);

    assertThatThrownBy(() -> some.scaled(List.of(Double.NaN), List.of(1.0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
