package dev.espalier.pruningnet.sparse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.random.RandomStreams;
import java.util.Comparator;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TopKTest {

  @Property(tries = 500)
  void mask_anyValues_keepsTheFirstOfAStableSort(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 300) int count,
      @ForAll @IntRange(min = 1, max = 40) int levels) {
    RandomGenerator random = new RandomStreams(seed).stream("scores", 0);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = levels == 40 ? random.nextFloat() : random.nextInt(levels) - levels / 2;
    }
    int kept = 1 + random.nextInt(count);
    List<Integer> order =
        IntStream.range(0, count)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> -values[i]))
            .toList();
    float[] expected = new float[count];
    order.subList(0, kept).forEach(i -> expected[i] = 1);

    assertThat(TopK.mask(values, kept)).containsExactly(expected);
  }

  @Test
  void mask_bothZerosAndInfinities_areOrderedAsNumbers() {
    float[] values = {-0f, 0f, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, -0f};

    assertThat(TopK.mask(values, 1)).containsExactly(0, 0, 0, 1, 0);
    assertThat(TopK.mask(values, 3)).containsExactly(1, 1, 0, 1, 0);
    assertThat(TopK.mask(values, 5)).containsOnly(1);
  }

  @Test
  void mask_valueThatIsNotANumber_isRefused() {
    assertThatThrownBy(() -> TopK.mask(new float[] {1, Float.NaN}, 1))
        .hasMessage("score 1 is not a number");
  }
}
