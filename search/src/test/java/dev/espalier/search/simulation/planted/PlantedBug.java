package dev.espalier.search.simulation.planted;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/**
 * A bug in one file of the engine: a text of its source and what stands there instead.
 *
 * @param name what is wrong
 * @param file the source file, below the package of the engine
 * @param right the text, which must be there exactly once
 * @param wrong the text with the bug
 */
record PlantedBug(String name, String file, String right, String wrong) {

  private static final Path SOURCES = Path.of("src/main/java/dev/espalier/search");

  /** A player of schedules whose engine has this bug. */
  LongFunction<Optional<String>> player(Path folder) throws IOException {
    String source = Files.readString(SOURCES.resolve(file));
    int place = source.indexOf(right);
    if (place < 0 || source.indexOf(right, place + 1) >= 0) {
      throw new IllegalStateException(
          "planted bug '%s': %s must have this text exactly once: %s".formatted(name, file, right));
    }
    Path planted = Files.createDirectories(folder.resolve("source")).resolve(fileName());
    Files.writeString(planted, source.replace(right, wrong), StandardCharsets.UTF_8);
    Path classes = Files.createDirectories(folder.resolve("classes"));
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    int errors =
        compiler.run(
            null,
            null,
            null,
            List.of(
                    "-proc:none",
                    "-nowarn",
                    "--release",
                    "17",
                    "-cp",
                    EngineLoader.classPath(),
                    "-d",
                    classes.toString(),
                    planted.toString())
                .toArray(String[]::new));
    if (errors != 0) {
      throw new IllegalStateException("planted bug '%s' does not compile".formatted(name));
    }
    return EngineLoader.player(List.of(classes));
  }

  private String fileName() {
    return String.valueOf(Path.of(file).getFileName());
  }

  @Override
  public String toString() {
    return name;
  }
}
