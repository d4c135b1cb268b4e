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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The data sets of a home: one packed file each, named after the data set.
 *
 * @param folder that holds them
 */
public record DataStore(Path folder) {

  /** The data sets of a home. */
  public static DataStore of(Home home) {
    return new DataStore(home.data());
  }

  /** The names of all data sets, sorted. */
  public List<String> names() {
    return files().names();
  }

  /**
   * Opens a data set.
   *
   * @throws NotFoundException if there is none of this name
   */
  public PackedDataset open(String name) {
    Path file = files().file(name);
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
    Path file = files().file(name);
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
    Path file = files().file(name);
    if (Files.exists(file)) {
      throw files().taken(name);
    }
    Folders.make(folder);
    return DatasetImport.run(source, file, name, settings, progress);
  }

  private NamedFiles files() {
    return new NamedFiles(folder, PackedWriter.EXTENSION, "data set", "cifar10");
  }
}
