package dev.espalier.pruningnet.dataset.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.network.Shape;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplerTest {

  @Property(tries = 200)
  void square_anySize_equalsTheDefinitionPixelByPixel(
      @ForAll @IntRange(min = 1, max = 40) int height,
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 20) int side,
      @ForAll long seed) {
    Picture picture = TestPictures.random(1, height, width, seed);
    byte[] found = Resampler.square(picture, side).planes();

    int shorter = Math.min(height, width);
    double scale = (double) shorter / side;
    double reach = Math.max(1, scale);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        double centreY = (height - shorter) / 2.0 + (y + 0.5) * scale;
        double centreX = (width - shorter) / 2.0 + (x + 0.5) * scale;
        double sum = 0;
        double total = 0;
        for (int row = 0; row < height; row++) {
          for (int column = 0; column < width; column++) {
            double weight =
                tent((row + 0.5 - centreY) / reach) * tent((column + 0.5 - centreX) / reach);
            sum += weight * (picture.planes()[row * width + column] & 0xff);
            total += weight;
          }
        }
        assertThat(found[y * side + x] & 0xff)
            .isBetween((int) (sum / total - 1e-6 + 0.5), (int) (sum / total + 1e-6 + 0.5));
      }
    }
  }

  @Test
  void square_sameSize_changesNothing() {
    Picture picture = TestPictures.random(3, 8, 8, 1);
    assertThat(Resampler.square(picture, 8).planes()).isEqualTo(picture.planes());
  }

  @Test
  void square_plainColour_staysPlain() {
    Picture picture = TestPictures.plain(37, 53, 200, 0, 255);
    Picture small = Resampler.square(picture, 9);
    assertThat(small.shape()).isEqualTo(new Shape(3, 9, 9));
    assertThat(small.planes()).isEqualTo(TestPictures.plain(9, 9, 200, 0, 255).planes());
  }

  @Test
  void square_fineStripes_becomeGreyInsteadOfAliasing() {
    byte[] planes = new byte[64 * 64];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (i % 2 == 0 ? 0 : 200);
    }
    byte[] small = Resampler.square(new Picture(new Shape(1, 64, 64), planes), 8).planes();
    for (byte value : small) {
      assertThat(value & 0xff).isBetween(96, 104);
    }
  }

  @Test
  void square_wide_cropsTheMiddle() {
    byte[] planes = new byte[4 * 12];
    for (int i = 0; i < planes.length; i++) {
      planes[i] = (byte) (i % 12 * 10);
    }
    byte[] middle = Resampler.square(new Picture(new Shape(1, 4, 12), planes), 4).planes();
    assertThat(middle).startsWith(40, 50, 60, 70);
  }

  private static double tent(double distance) {
    return Math.max(0, 1 - Math.abs(distance));
  }
}
