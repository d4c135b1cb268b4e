package dev.espalier.driver.service.data;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ScratchFolder;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.onnx.imports.Imported;
import dev.espalier.pruningnet.onnx.imports.OnnxImport;
import dev.espalier.search.cell.CellArchitectures;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.mobile.MobileSpace;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Zoo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The networks of others that a home has imported: one file each, with graph and weights.
 *
 * @param folder that holds them
 */
public record ImportedNetworks(Path folder) {

  private static final String EXTENSION = ".network";
  private static final List<String> SPACES = List.of(CellArchitectures.NAME, MobileSpace.NAME);

  /**
   * How a network's images are scaled: a pixel of value v in 0..255 goes in as (v / 255 - mean) /
   * std of its channel.
   *
   * @param mean of each channel
   * @param std of each channel, above 0
   */
  public record Scaling(List<Double> mean, List<Double> std) {

    private Imported of(Imported read) {
      int channels = read.network().network().input().channels();
      if (mean.size() != channels
          || std.size() != channels
          || !ImageConvention.isScaling(mean, std)) {
        read.close();
        throw new BadInputException(
            "--mean and --std: found %s and %s, expected %d finite numbers each, and --std above 0"
                .formatted(mean, std, channels));
      }
      return read.scaled(mean, std);
    }
  }

  /** Those of a home. */
  public static ImportedNetworks of(Home home) {
    return new ImportedNetworks(home.networks());
  }

  /** Their names, sorted. */
  public List<String> names() {
    return files().names();
  }

  /** Whether there is one of a name, which may be any text. */
  public boolean has(String name) {
    return files().has(name);
  }

  /**
   * The graph of one.
   *
   * @throws NotFoundException if there is none of this name
   */
  public Network graph(String name) {
    return NetworkFile.network(file(name));
  }

  /**
   * What goes into one and comes out.
   *
   * @throws NotFoundException if there is none of this name
   */
  public ImageConvention images(String name) {
    return NetworkFile.images(file(name));
  }

  /**
   * What one was made from.
   *
   * @throws NotFoundException if there is none of this name
   */
  public Map<String, String> provenance(String name) {
    return NetworkFile.provenance(file(name));
  }

  /**
   * Imports a network under a new name.
   *
   * @param source an ONNX file
   * @param scaling how its images are scaled; empty for what the file says, or else 0..1
   * @throws BadInputException if the name is taken or unusable, the file cannot be read, or the
   *     scaling is none, or of another number of channels
   */
  public Imported add(String name, Path source, Optional<Scaling> scaling) {
    Path file = files().file(name);
    if (Zoo.names().contains(name) || SPACES.contains(name)) {
      throw new BadInputException(
          "network '%s': jobs know another one of this name, expected a new name".formatted(name));
    }
    if (Files.exists(file)) {
      throw files().taken(name);
    }
    Imported read = OnnxImport.read(source, name);
    Imported imported = scaling.map(known -> known.of(read)).orElse(read);
    try (ScratchFolder scratch = ScratchFolder.make()) {
      Path written = scratch.path().resolve(name + EXTENSION);
      NetworkFile.write(written, imported.network());
      Folders.make(folder);
      if (!AtomicFile.create(file, Files.readAllBytes(written))) {
        throw files().taken(name);
      }
      return imported;
    } catch (IOException e) {
      imported.close();
      throw new UncheckedIOException("cannot write " + file, e);
    } catch (RuntimeException e) {
      imported.close();
      throw e;
    }
  }

  /**
   * The file of one.
   *
   * @throws NotFoundException if there is none of this name
   */
  public Path file(String name) {
    if (!has(name)) {
      throw NotFoundException.of("imported network", name, names());
    }
    return files().file(name);
  }

  private NamedFiles files() {
    return new NamedFiles(folder, EXTENSION, "network", "my-net");
  }
}
