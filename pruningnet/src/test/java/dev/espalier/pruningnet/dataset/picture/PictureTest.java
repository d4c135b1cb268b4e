package dev.espalier.pruningnet.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.network.Shape;
import org.junit.jupiter.api.Test;

class PictureTest {

  @Test
  void toGrey_ofColours_isLuma() {
    Picture colours =
        new Picture(
            new Shape(3, 1, 4),
            new byte[] {(byte) 255, 0, 0, 77, 0, (byte) 255, 0, 77, 0, 0, (byte) 255, 77});
    assertThat(colours.toGrey().shape()).isEqualTo(new Shape(1, 1, 4));
    assertThat(colours.toGrey().planes()).containsExactly(76, 150, 29, 77);
  }

  @Test
  void toColour_ofGrey_repeatsItAndComesBack() {
    Picture grey = TestPictures.random(1, 16, 16, 5);
    assertThat(grey.toColour().shape()).isEqualTo(new Shape(3, 16, 16));
    assertThat(grey.toColour().toGrey().planes()).isEqualTo(grey.planes());
  }

  @Test
  void picture_ofTooFewBytes_isRefused() {
    assertThatThrownBy(() -> new Picture(new Shape(3, 2, 2), new byte[11]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11");
  }
}
