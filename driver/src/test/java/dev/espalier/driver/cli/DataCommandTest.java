package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

  @TempDir private Path folder;

  @Test
  void import_folderOfClasses_canBeListedAndShown() throws Exception {
    Cli imported = data("import", images().toString(), "--name", "tiny");
    JsonNode list = json(data("list", "--json"));
    Cli shown = data("show", "tiny", "--verify");

    assertThat(imported.code()).as(imported.err()).isZero();
    assertThat(list.get(0).path("name").asText()).isEqualTo("tiny");
    assertThat(list.get(0).path("classes")).hasSize(2);
    assertThat(shown.out()).contains("3x8x8", "blue", "red", list.get(0).path("digest").asText());
  }

  @Test
  void import_brokenImage_isRefusedOrLeftOut() throws Exception {
    Path images = images();
    Files.writeString(images.resolve("red/broken.png"), "no picture");

    Cli refused = data("import", images.toString(), "--name", "tiny");
    Cli skipped = data("import", images.toString(), "--name", "tiny", "--skip-broken", "--json");

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err()).contains("broken.png", "--skip-broken").doesNotContain("\tat ");
    assertThat(json(skipped).at("/broken/0/image").asText()).contains("broken.png");
  }

  @Test
  void import_nameTakenOrUnsafe_isRefused() throws Exception {
    Path images = images();
    data("import", images.toString(), "--name", "tiny");

    assertThat(data("import", images.toString(), "--name", "tiny").err())
        .contains("data set 'tiny' exists already");
    assertThat(data("import", images.toString(), "--name", "../tiny").code()).isEqualTo(2);
  }

  @Test
  void import_absentPath_isRefused() {
    assertThat(data("import", folder.resolve("nowhere").toString(), "--name", "x").code())
        .isEqualTo(2);
  }

  @Test
  void show_absentDataSet_isNotFound() {
    assertThat(data("show", "nothing").code()).isEqualTo(3);
  }

  private Path images() throws IOException {
    Path images = folder.resolve("images");
    for (String name : new String[] {"red", "blue"}) {
      Path of = Files.createDirectories(images.resolve(name));
      BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
      image.setRGB(0, 0, name.equals("red") ? Color.RED.getRGB() : Color.BLUE.getRGB());
      ImageIO.write(image, "png", of.resolve("one.png").toFile());
    }
    return images;
  }

  private static JsonNode json(Cli cli) throws IOException {
    return new ObjectMapper().readTree(cli.out());
  }

  private Cli data(String command, String... arguments) {
    String[] all = new String[arguments.length + 4];
    all[0] = "data";
    all[1] = command;
    System.arraycopy(arguments, 0, all, 2, arguments.length);
    all[all.length - 2] = "--home";
    all[all.length - 1] = folder.resolve("home").toString();
    return Cli.run(all);
  }
}
