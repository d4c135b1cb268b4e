package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingDataTest {

  @TempDir Path folder;

  @Test
  void halves_ofAnOddNumber_areDisjointAndOfOneSize() {
    TrainingData data = ColouredImages.of(folder, 21);
    List<TrainingData> halves = data.halves(new RandomStreams(1));

    int[] both =
        IntStream.concat(
                Arrays.stream(halves.get(0).images()), Arrays.stream(halves.get(1).images()))
            .sorted()
            .toArray();
    assertThat(halves.get(0).images()).hasSize(10);
    assertThat(both).hasSize(20).doesNotHaveDuplicates();
    assertThat(Arrays.stream(both)).allMatch(image -> image >= 0 && image < 21);
    assertThat(data.halves(new RandomStreams(1)).get(0).digest())
        .isEqualTo(halves.get(0).digest())
        .isNotEqualTo(data.halves(new RandomStreams(2)).get(0).digest());
  }
}
