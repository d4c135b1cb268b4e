package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs every command of docs/tutorial.md in its order, with a small network and few images. */
class TutorialIT {

  private static final Pattern BLOCK = Pattern.compile("(?ms)^```$(.*?)^```$");
  private static final List<String> CLASSES = List.of("grass", "sea", "sunset");
  private static final int PHOTOS = 300;

  /** Settings that would take too long, and those of the test in their place. */
  private static final Map<String, String> SHORTER =
      Map.of(
          "pruningNet: {epochs: 30}", "pruningNet: {epochs: 4, batch: 32, hidden: 4}",
          "search: {budget: 400}", "search: {budget: 12, window: 4}",
          "--epochs 100", "--epochs 1",
          "espalier run job.yaml", "espalier run job.yaml --force");

  @TempDir private Path folder;

  @Test
  void commands_inTheirOrder_leadFromAForeignNetworkToASmallerOne() throws Exception {
    makePhotos();
    makeNetwork();
    String commands = commands();

    Ended ended = Espalier.in(folder).shell(commands);

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(folder.resolve("half-1.html")).exists();
    assertThat(folder.resolve("slim.onnx")).exists();
    assertThat(Files.size(folder.resolve("slim.onnx")))
        .isLessThan(Files.size(folder.resolve("mine.onnx")));
    assertThat(ended.out())
        .contains("mine.onnx", "speed-up")
        .containsAnyOf(CLASSES.toArray(String[]::new));
    try (OnnxNetwork slim = OnnxNetwork.open(folder.resolve("slim.onnx"), 1)) {
      assertThat(slim.metadata()).containsEntry("weights", "trained by itself");
    }
  }

  private static String commands() throws Exception {
    String text = Files.readString(Path.of("..", "docs", "tutorial.md"));
    StringBuilder commands = new StringBuilder("set -e\n");
    for (Matcher block = BLOCK.matcher(text); block.find(); ) {
      commands.append(block.group(1));
    }
    String shortened = commands.toString();
    for (Map.Entry<String, String> one : SHORTER.entrySet()) {
      assertThat(shortened).contains(one.getKey());
      shortened = shortened.replace(one.getKey(), one.getValue());
    }
    return shortened;
  }

  private void makePhotos() throws Exception {
    RandomGenerator random = new RandomStreams(5).stream("photos", 0);
    for (int label = 0; label < CLASSES.size(); label++) {
      Path own = Files.createDirectories(folder.resolve("photos").resolve(CLASSES.get(label)));
      for (int i = 0; i < PHOTOS; i++) {
        BufferedImage photo = new BufferedImage(40, 32, BufferedImage.TYPE_INT_RGB);
        for (int p = 0; p < 40 * 32; p++) {
          float hue = (1 + label) / 3f + (float) random.nextGaussian() / 12;
          int colour = Color.HSBtoRGB(hue, 0.7f, 0.4f + random.nextFloat() / 2);
          photo.setRGB(p % 40, p / 40, colour);
        }
        ImageIO.write(photo, "png", own.resolve(i + ".png").toFile());
      }
    }
  }

  private void makeNetwork() {
    NetworkBuilder net = new NetworkBuilder("mine", new Shape(3, 32, 32));
    int trunk = 0;
    for (int i = 0; i < 3; i++) {
      int normal = net.batchNorm("bn" + i, net.conv("conv" + i, trunk, 16 << i, 3, 2));
      trunk = net.activation("relu" + i, normal, Layer.Activation.Function.RELU);
    }
    net.linear("fc", net.globalAveragePool("pool", trunk), CLASSES.size());
    ImageConvention images =
        new ImageConvention(CLASSES, Collections.nCopies(3, 0.5), Collections.nCopies(3, 0.25));
    try (TrainedNetwork mine =
        TrainedNetwork.untrained(net.build(), images, new RandomStreams(1))) {
      OnnxFile.write(folder.resolve("mine.onnx"), mine, Map.of());
    }
  }
}
