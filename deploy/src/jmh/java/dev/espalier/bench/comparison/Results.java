package dev.espalier.bench.comparison;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/**
 * A text file of all that was measured, one line each; several processes may add to it.
 *
 * @param file made when the first line comes
 */
record Results(Path file) {

  /** What was measured so far. */
  List<Measured> all() {
    if (!Files.exists(file)) {
      return List.of();
    }
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> !line.equals(Measured.HEAD))
          .map(Measured::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Whether it is known how good a contender is. */
  boolean has(Contender contender, double kept, long seed) {
    return all().stream()
        .anyMatch(
            known ->
                known.contender().equals(contender.name())
                    && known.kept() == kept
                    && known.seed() == seed);
  }

  /** Adds a line. */
  void add(Measured measured) {
    String head = Files.exists(file) ? "" : Measured.HEAD + "\n";
    try {
      Files.writeString(
          file,
          head + measured.line() + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }
}
