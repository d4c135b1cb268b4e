package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PruningNet that has learned something is searched with, without being forced. */
class GateIT {

  private static final Map<String, Color> CLASSES =
      Map.of("red", Color.RED, "green", Color.GREEN, "blue", Color.BLUE);
  private static final int IMAGES_PER_CLASS = 100;
  private static final int SIDE = 32;

  private static final String JOB =
      """
      network: {name: resnet20}
      data: {name: coloured, splits: {selection: 60, confirmation: 60}}
      pruningNet: {hidden: 4, epochs: 3, batch: 16, learningRate: 0.05, sandwich: 0}
      space: {smallest: 50, step: 10}
      search: {strategy: random, budget: 2, window: 2}
      evaluation: {recalibrationImages: 60, shard: 60, batch: 30, master: "local[2,4]"}
      confirmation: {top: 1, random: 1}
      output: {name: tiny}
      """;

  @TempDir private Path folder;

  @Test
  void run_pruningNetThatLearned_passesTheGate() throws Exception {
    Espalier espalier = Espalier.in(folder);
    Ended imported = espalier.run("data", "import", drawImages().toString(), "--name", "coloured");
    assertThat(imported.code()).as(imported.err()).isZero();

    Ended ended = espalier.run("run", TinyJob.in(folder, JOB).toString());

    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err())
        .contains("PruningNet: accuracy after recalibration")
        .doesNotContain("--force");
  }

  /** A square in the colour of the class, at another place in each image. */
  private Path drawImages() throws IOException {
    Path images = folder.resolve("images");
    for (Map.Entry<String, Color> each : CLASSES.entrySet()) {
      Path place = Files.createDirectories(images.resolve(each.getKey()));
      for (int i = 0; i < IMAGES_PER_CLASS; i++) {
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        var brush = image.createGraphics();
        brush.setColor(each.getValue());
        brush.fillRect(i % 10, i / 10, SIDE / 2, SIDE / 2);
        brush.dispose();
        ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
      }
    }
    return images;
  }
}
