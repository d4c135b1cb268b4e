package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.model.LearnedNetworks;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {

  @TempDir private Path folder;

  @Test
  void classify_pictureOfAnySizeAndColour_givesTheSoftmaxOfTheScores() {
    Path file = folder.resolve("some.onnx");
    byte[] grey = new byte[20 * 30];
    for (int i = 0; i < grey.length; i++) {
      grey[i] = 51;
    }
    try (TrainedNetwork network = LearnedNetworks.of(TinyNetworks.plain())) {
      OnnxFile.write(file, network, Map.of());
      float[] pixels = new float[(int) network.network().input().elements()];
      Arrays.fill(pixels, (float) ((51 / 255.0 - 0.5) / 0.25));
      float[] scores = network.scores(pixels, 1);
      double sum = 0;
      for (float score : scores) {
        sum += Math.exp(score);
      }

      try (Classifier classifier = Classifier.open(file, 1)) {
        List<Classifier.Guess> guesses =
            classifier.classify(new Picture(new Shape(1, 20, 30), grey));

        assertThat(guesses).hasSize(scores.length);
        for (int k = 0; k < scores.length; k++) {
          String name = "class " + k;
          double expected = Math.exp(scores[k]) / sum;
          assertThat(guesses)
              .filteredOn(guess -> guess.name().equals(name))
              .singleElement()
              .satisfies(
                  guess -> assertThat(guess.probability()).isCloseTo(expected, within(1e-4)));
        }
        assertThat(guesses)
            .isSortedAccordingTo((a, b) -> Double.compare(b.probability(), a.probability()));
      }
    }
  }

  @Test
  void open_imagesThatAreNotSquare_isRefused() {
    Path file = folder.resolve("wide.onnx");
    NetworkBuilder wide = new NetworkBuilder("wide", new Shape(3, 4, 8));
    wide.linear("fc", wide.globalAveragePool("pool", 0), 2);
    try (TrainedNetwork network = LearnedNetworks.of(wide.build())) {
      OnnxFile.write(file, network, Map.of());
    }

    assertThatThrownBy(() -> Classifier.open(file, 1).close())
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("wide.onnx", "3x4x8", "expected square images");
  }
}
