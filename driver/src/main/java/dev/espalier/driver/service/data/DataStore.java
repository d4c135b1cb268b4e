package dev.espalier.driver.service.data;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.generated.Shapes32;
import dev.espalier.pruningnet.dataset.imports.DatasetImport;
import dev.espalier.pruningnet.dataset.imports.ImportProgress;
import dev.espalier.pruningnet.dataset.imports.ImportReport;
import dev.espalier.pruningnet.dataset.imports.ImportSettings;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The data sets of a home: one packed file each, named after the data set.
 *
 * @param folder that holds them
 */
public record DataStore(Path folder) {

  private static final Pattern SAFE = Pattern.compile("[a-z0-9][a-z0-9._-]{0,59}");

  /** The data sets of a home. */
  public static DataStore of(Home home) {
    return new DataStore(home.data());
  }

  /** The names of all data sets, sorted. */
  public List<String> names() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.endsWith(PackedWriter.EXTENSION) && !file.startsWith("."))
          .map(file -> file.substring(0, file.length() - PackedWriter.EXTENSION.length()))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  /**
   * Opens a data set.
   *
   * @throws NotFoundException if there is none of this name
   */
  public PackedDataset open(String name) {
    Path file = file(name);
    if (!Files.exists(file)) {
      throw NotFoundException.of("data set", name, names());
    }
    return PackedDataset.open(file);
  }

  /**
   * Opens the data set that a job names; the generated {@code shapes-32} is drawn when it is first
   * asked for.
   *
   * @throws BadInputException if there is none of this name
   */
  public PackedDataset forJob(String name) {
    Path file = file(name);
    if (name.equals(Shapes32.NAME) && !Files.exists(file)) {
      Folders.make(folder);
      return Shapes32.DEFAULTS.write(file);
    }
    try {
      return open(name);
    } catch (NotFoundException e) {
      throw new BadInputException(
          "data.name: %s Data sets of this home: %s. Import one with 'espalier data import'."
              .formatted(e.getMessage(), names()),
          e);
    }
  }

  /**
   * Imports a data set under a new name.
   *
   * @throws BadInputException if the name is taken or unusable, or the source cannot be used
   */
  public ImportReport add(
      String name, Path source, ImportSettings settings, ImportProgress progress) {
    Path file = file(name);
    if (Files.exists(file)) {
      throw new BadInputException(
          "data set '%s' exists already, expected a new name. Maybe remove %s first?"
              .formatted(name, file));
    }
    Folders.make(folder);
    return DatasetImport.run(source, file, name, settings, progress);
  }

  private Path file(String name) {
    if (!SAFE.matcher(name).matches()) {
      throw new BadInputException(
          "data set '%s': expected lower-case letters, digits, dots and dashes, like cifar10"
              .formatted(name));
    }
    return folder.resolve(name + PackedWriter.EXTENSION);
  }
}
