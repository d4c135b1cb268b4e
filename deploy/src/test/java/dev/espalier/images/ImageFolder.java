package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.images.Dockerfile.Instruction;
import dev.espalier.images.Dockerfile.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A folder that holds what the image would hold, made by doing what its Dockerfile says.
 *
 * @param root of the image
 * @param image the stage that it was made from
 * @param left commands of the Dockerfile that were not run: the build itself, and what only root
 *     may do
 */
record ImageFolder(Path root, Stage image, List<String> left) {

  private static @Nullable ImageFolder made;

  private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

  /** The image, made the first time that somebody asks; removed when this process ends. */
  static synchronized ImageFolder made() throws Exception {
    if (made == null) {
      Path folder = Files.createTempDirectory("image");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      made = in(folder);
    }
    return made;
  }

  private static void delete(Path folder) {
    try {
      Processes.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ImageFolder in(Path folder) throws Exception {
    Dockerfile file = Dockerfile.read();
    List<String> left = new ArrayList<>();
    for (Stage stage : file.stages()) {
      make(stage, folder.resolve("stage-" + stage.name()), folder, left);
    }
    return new ImageFolder(folder.resolve("stage-"), file.image(), left);
  }

  private static void make(Stage stage, Path root, Path stages, List<String> left)
      throws Exception {
    Path work = root;
    for (Instruction instruction : stage.instructions()) {
      switch (instruction.keyword()) {
        case "WORKDIR" -> work = Files.createDirectories(inside(root, instruction.text()));
        case "COPY" -> copy(List.of(instruction.text().split(" ")), root, work, stages);
        case "RUN" -> {
          if (instruction.text().matches(".*\\b(mvn|useradd|chown)\\b.*")) {
            left.add(instruction.text());
          } else {
            run(inRoot(root, instruction.text()), work);
          }
        }
        default -> {
          // Says how it is started, not what is in it.
        }
      }
    }
  }

  /** A text whose paths are those of the image. */
  static String inRoot(Path root, String text) {
    return text.replaceAll(
        "(?<![\\w./])/(opt|home|scratch|run|tmp|etc/espalier)(?=[/\"\\s]|$)", root + "/$1");
  }

  private static Path inside(Path root, String path) {
    return root.resolve(path.substring(1));
  }

  private static void copy(List<String> words, Path root, Path work, Path stages)
      throws IOException {
    Path from = REPOSITORY;
    List<String> sources = words.subList(0, words.size() - 1);
    if (words.get(0).startsWith("--from=")) {
      from = stages.resolve("stage-" + words.get(0).substring("--from=".length()));
      sources = sources.subList(1, sources.size());
    }
    String target = words.get(words.size() - 1);
    for (String source : sources) {
      Path what = source.startsWith("/") ? inside(from, source) : from.resolve(source).normalize();
      Path to = target.startsWith("/") ? inside(root, target) : work.resolve(target);
      if (target.equals(".")) {
        linkAll(what, work);
      } else if (Files.isDirectory(what)) {
        Files.createDirectories(to.getParent());
        Files.createSymbolicLink(to, what);
      } else {
        // A copy, as scripts look for what lies beside them.
        Files.createDirectories(to);
        Files.copy(what, to.resolve(what.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
  }

  private static void linkAll(Path folder, Path into) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.createSymbolicLink(into.resolve(file.getFileName()), file);
      }
    }
  }

  private static void run(String command, Path work) throws Exception {
    Path printed = Files.createTempFile(work, "run", ".txt");
    ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
    builder.directory(work.toFile()).redirectErrorStream(true).redirectOutput(printed.toFile());
    // The Maven image has its JDK on the path.
    String jdk = Path.of(System.getProperty("java.home"), "bin").toString();
    builder.environment().merge("PATH", jdk, (path, bin) -> bin + ":" + path);
    assertThat(builder.start().waitFor()).as(command + Files.readString(printed)).isZero();
  }
}
