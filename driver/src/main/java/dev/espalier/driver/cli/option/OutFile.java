package dev.espalier.driver.cli.option;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a command writes its one file. */
public final class OutFile {

  private OutFile() {}

  /**
   * The file that {@code --out} names, or one in the working directory.
   *
   * @param out what the command line says, or null
   * @param usual its name otherwise
   * @throws BadInputException if no file can be there
   */
  public static Path of(@Nullable Path out, String usual) {
    Path file = (out == null ? Path.of(usual) : out).toAbsolutePath();
    if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
      throw new BadInputException(
          "--out: found %s, expected a file in a folder that is there".formatted(file));
    }
    return file;
  }
}
