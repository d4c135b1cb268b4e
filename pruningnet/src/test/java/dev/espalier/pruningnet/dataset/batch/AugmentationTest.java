package dev.espalier.pruningnet.dataset.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.TestImages;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class AugmentationTest {

  @Property(tries = 500)
  void apply_anyImage_equalsTheSlowReference(
      @ForAll @IntRange(min = 1, max = 4) int channels,
      @ForAll @IntRange(min = 1, max = 9) int height,
      @ForAll @IntRange(min = 1, max = 9) int width,
      @ForAll @IntRange(max = 12) int padding,
      @ForAll boolean flip,
      @ForAll long seed) {
    Shape shape = new Shape(channels, height, width);
    byte[] source = TestImages.random(shape, 1, seed)[0];
    byte[] target = new byte[source.length + 5];
    new Augmentation(padding, flip).apply(source, shape, target, 5, stream(seed));

    byte[] expected = new byte[source.length + 5];
    RandomGenerator random = stream(seed);
    int down = random.nextInt(2 * padding + 1) - padding;
    int right = random.nextInt(2 * padding + 1) - padding;
    boolean mirrored = flip && random.nextBoolean();
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++) {
          int row = y + down;
          int column = (mirrored ? width - 1 - x : x) + right;
          boolean inside = row >= 0 && row < height && column >= 0 && column < width;
          expected[5 + (c * height + y) * width + x] =
              inside ? source[(c * height + row) * width + column] : 0;
        }
      }
    }
    assertThat(target).isEqualTo(expected);
  }

  @Test
  void apply_standard_reachesEveryPlaceAndBothSides() {
    Shape shape = new Shape(1, 9, 9);
    byte[] dot = new byte[81];
    dot[4 * 9 + 4] = 1;
    dot[4 * 9 + 3] = 2;
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 5000; i++) {
      byte[] target = new byte[81];
      Augmentation.STANDARD.apply(
          dot, shape, target, 0, new RandomStreams(3).stream("augmentation-test", i));
      seen.add(new String(target, StandardCharsets.ISO_8859_1));
    }
    assertThat(seen).hasSize(9 * 9 * 2);
  }

  @Test
  void none_changesNothing() {
    Shape shape = new Shape(3, 4, 5);
    byte[] source = TestImages.random(shape, 1, 7)[0];
    byte[] target = new byte[source.length];
    Augmentation.NONE.apply(source, shape, target, 0, stream(1));
    assertThat(target).isEqualTo(source);
  }

  @Test
  void augmentation_negativePadding_isRefused() {
    assertThatThrownBy(() -> new Augmentation(-1, true))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("-1");
  }

  private static RandomGenerator stream(long seed) {
    return new RandomStreams(seed).stream("augmentation-test", 0);
  }
}
