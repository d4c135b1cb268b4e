package dev.espalier.pruningnet.scoring.script;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Model;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.translate.NoopTranslator;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.model.LearnedNetworks;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Zoo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StandaloneProgramTest {

  private static final int BATCH = 3;

  @TempDir private Path folder;

  static Stream<Network> networks() {
    dev.espalier.search.network.Shape image = new dev.espalier.search.network.Shape(3, 32, 32);
    return Stream.concat(
        TinyNetworks.all().stream(),
        Stream.of("resnet20", "mobilenetv2").map(name -> Zoo.network(name, image, 10)));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("networks")
  void of_anyNetwork_loadsInDjlAndScoresAlike(Network network) throws Exception {
    Torch.start();
    try (TrainedNetwork trained = LearnedNetworks.of(network)) {
      Files.write(folder.resolve("some.pt"), StandaloneProgram.of(trained));
      float[] pixels = LearnedNetworks.pixels(network, BATCH, 8);

      try (Model model = Model.newInstance("some", "PyTorch");
          NDManager scope = Torch.scope()) {
        model.load(folder, "some");
        NDArray images =
            scope.create(
                pixels,
                new Shape(
                    BATCH,
                    network.input().channels(),
                    network.input().height(),
                    network.input().width()));
        try (Predictor<NDList, NDList> predictor = model.newPredictor(new NoopTranslator(null))) {
          float[] scores = predictor.predict(new NDList(images)).singletonOrThrow().toFloatArray();

          assertThat(LearnedNetworks.difference(scores, trained.scores(pixels, BATCH)))
              .isLessThan(1e-4);
        }
      }
    }
  }
}
