package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class MomentPoolTest {

  private static final int NODE = 4;

  @Property(tries = 200)
  void statistics_ofAnyBatches_areThoseOfAllValuesAtOnce(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = 1, max = 40) Integer> sizes,
      @ForAll long seed,
      @ForAll @IntRange(min = -1000, max = 1000) int offset) {
    RandomGenerator random = new RandomStreams(seed).stream("values", 0);
    MomentPool pool = new MomentPool();
    double[] all = new double[sizes.stream().mapToInt(Integer::intValue).sum()];
    int next = 0;
    for (int size : sizes) {
      double[] batch = new double[size];
      for (int i = 0; i < size; i++) {
        batch[i] = offset + 3 * random.nextGaussian();
        all[next++] = batch[i];
      }
      pool.add(size, statistics(batch));
    }
    Moments pooled = Objects.requireNonNull(pool.statistics().layers().get(NODE));
    assertThat((double) pooled.mean()[0]).isCloseTo(mean(all), within(1e-3));
    assertThat((double) pooled.variance()[0]).isCloseTo(variance(all), within(2e-2));
  }

  @Test
  void statistics_ofBatchesFarApart_countTheDistanceOfTheirMeans() {
    MomentPool pool = new MomentPool();
    pool.add(1, statistics(10));
    pool.add(3, statistics(2, 2, 2));
    Moments pooled = Objects.requireNonNull(pool.statistics().layers().get(NODE));
    assertThat(pooled).isEqualTo(new Moments(new float[] {4}, new float[] {12}));
  }

  private static Statistics statistics(double... values) {
    float[] mean = {(float) mean(values)};
    float[] variance = {(float) variance(values)};
    return new Statistics(Map.of(NODE, new Moments(mean, variance)));
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  private static double variance(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return sum / values.length;
  }
}
