package dev.espalier.e2e;

import static java.util.Map.entry;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every command of the tutorial, then those of the pages that go on from it, in one folder, as
 * a reader would, with a small network and few images.
 */
class DocumentationIT {

  private static final Path DOCS = Path.of("..", "docs");
  private static final Path HOW_TO = DOCS.resolve("how-to");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```$(.*?)^```$");
  private static final Pattern LISTED = Pattern.compile("(?m)^- \\[[^]]*]\\(([a-z-]+\\.md)\\)");
  private static final Pattern RUN = Pattern.compile("espalier (run|submit|resume) \\S+");
  private static final List<String> CLASSES = List.of("grass", "sea", "sunset");
  private static final int PHOTOS = 300;

  private static final Path PROFILER = Path.of("target", "espalier-profile.jar").toAbsolutePath();

  /** Settings that would take too long, and those of the test in their place. */
  private static final Map<String, String> SHORTER =
      Map.ofEntries(
          entry("pruningNet: {epochs: 30}", "pruningNet: {epochs: 4, batch: 32, hidden: 4}"),
          entry("search: {budget: 400}", "search: {budget: 12, window: 4}"),
          entry("budget: 400", "budget: 12"),
          entry("budget: 2000", "budget: 30"),
          entry("--epochs 100", "--epochs 1"),
          entry("epochs: 100", "epochs: 1"),
          entry("--check 30", "--check 2 --measurements 2 --widths 3"),
          entry("profile.plan --out", "profile.plan --measurements 2 --out"),
          entry("espalier-profile.jar profile.plan", PROFILER + " profile.plan"),
          entry("--plan", "--plan --widths 3"),
          entry("count: 5, channels: 8", "count: 3, channels: 4, nodes: 2"),
          entry("pretrain: 15, prune: 10, fineTune: 10", "pretrain: 1, prune: 1, fineTune: 1"));

  /** Names that models.md leaves to the reader, and those of the tutorial in their place. */
  private static final Map<String, String> NAMED =
      Map.of(
          "ID STRUCTURE...", "half-1 best",
          "ID STRUCTURE", "half-1 best",
          "--name mine", "--name again",
          "photo.jpg other.png", "photos/sea/0.png photos/grass/1.png",
          "full.onnx", "mine.onnx");

  @TempDir private Path folder;

  @Test
  void commands_ofAllPagesInTheirOrder_doWhatThePagesSay() throws Exception {
    makePhotos();
    makeNetwork();

    String tutorial = run(DOCS.resolve("tutorial.md"), Map.of());
    assertThat(tutorial).contains("mine.onnx", "speed-up");
    assertThat(tutorial).containsAnyOf(CLASSES.toArray(String[]::new));
    assertThat(folder.resolve("half-1.html")).exists();
    assertThat(Files.size(folder.resolve("slim.onnx")))
        .isLessThan(Files.size(folder.resolve("mine.onnx")));
    try (OnnxNetwork slim = OnnxNetwork.open(folder.resolve("slim.onnx"), 1)) {
      assertThat(slim.metadata()).containsEntry("weights", "trained by itself");
    }

    List<Path> pages = howTo();
    assertThat(pages).hasSizeGreaterThanOrEqualTo(5);
    for (Path page : pages) {
      run(page, Map.of());
    }
    run(DOCS.resolve("models.md"), NAMED);
  }

  /** What a page's commands print on standard output. */
  private String run(Path page, Map<String, String> named) throws Exception {
    Ended ended = Espalier.in(folder).shell(commands(page, named));

    assertThat(ended.code()).as("%s: %s", page, ended.err()).isZero();
    return ended.out();
  }

  /** The pages in the order of their list, of which none is left out. */
  private static List<Path> howTo() throws Exception {
    List<Path> listed =
        LISTED
            .matcher(Files.readString(HOW_TO.resolve("README.md")))
            .results()
            .map(found -> HOW_TO.resolve(found.group(1)))
            .toList();
    try (Stream<Path> files = Files.list(HOW_TO)) {
      assertThat(files.filter(file -> !file.endsWith("README.md")))
          .containsExactlyInAnyOrderElementsOf(listed);
    }
    return listed;
  }

  /** The blocks of a page, made to be done soon; the gate is not for networks as small as these. */
  private static String commands(Path page, Map<String, String> named) throws Exception {
    StringBuilder commands = new StringBuilder("set -e\n");
    for (Matcher block = BLOCK.matcher(Files.readString(page)); block.find(); ) {
      commands.append(block.group(1));
    }
    String shortened = commands.toString();
    for (Map<String, String> replacements : List.of(SHORTER, named)) {
      List<String> longestFirst =
          replacements.keySet().stream()
              .sorted(Comparator.comparing(String::length).reversed())
              .toList();
      for (String one : longestFirst) {
        shortened = shortened.replace(one, replacements.get(one));
      }
    }
    return RUN.matcher(shortened).replaceAll("$0 --force");
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
