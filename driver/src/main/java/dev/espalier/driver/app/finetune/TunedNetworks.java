package dev.espalier.driver.app.finetune;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;

/**
 * Structures of a job that were trained by themselves, with their weights.
 *
 * @param folder where the job keeps what came of its trainings
 */
public record TunedNetworks(Folder folder) {

  private static final String EXTENSION = ".network";
  private static final String TAUGHT = "-taught-";

  /** What names the training of a structure. */
  static String name(Structure structure, JobSpec.FineTune settings) {
    JobSpec.Distillation distillation = settings.distillation();
    String taught =
        distillation.teaches()
            ? TAUGHT + "%s-%s".formatted(distillation.weight(), distillation.temperature())
            : "";
    return prefix(structure) + settings.epochs() + taught;
  }

  /** Whether an object is of a training with a teacher. */
  static boolean isTaught(String object) {
    return object.contains(TAUGHT);
  }

  private static String prefix(Structure structure) {
    return structure.digest().substring(0, 16) + "-";
  }

  /** Keeps the network that a training has left in a file. */
  void keep(Structure structure, JobSpec.FineTune settings, Path file) {
    try {
      folder.write(name(structure, settings) + EXTENSION, Files.readAllBytes(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /** Writes a network that was kept to a file; false if there is none. */
  boolean fetch(Structure structure, JobSpec.FineTune settings, Path file) {
    Optional<byte[]> content = folder.read(name(structure, settings) + EXTENSION);
    content.ifPresent(bytes -> AtomicFile.write(file, bytes));
    return content.isPresent();
  }

  /**
   * The network of a structure that was trained longest, and of equal ones one that was taught;
   * empty if it never was trained.
   *
   * @param scratch an empty folder for a moment
   */
  public Optional<TrainedNetwork> longest(Structure structure, Path scratch) {
    String prefix = prefix(structure);
    return folder.names().stream()
        .filter(name -> name.startsWith(prefix) && name.endsWith(EXTENSION))
        .max(
            Comparator.comparingInt((String name) -> epochs(name, prefix))
                .thenComparingInt(String::length)
                .thenComparing(Comparator.naturalOrder()))
        .flatMap(folder::read)
        .map(
            content -> {
              Path file = scratch.resolve("tuned" + EXTENSION);
              AtomicFile.write(file, content);
              return NetworkFile.read(file);
            });
  }

  private static int epochs(String name, String prefix) {
    String rest = name.substring(prefix.length(), name.length() - EXTENSION.length());
    return Integer.parseInt(rest.split("-", 2)[0]);
  }
}
