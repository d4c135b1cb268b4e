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
  private static final String ANSWERS = ".answers.json";
  private static final String TAUGHT = "-taught-";

  /**
   * A structure with weights, whose memory is freed when it is closed.
   *
   * @param network what came of a training
   * @param training which one, in words; empty if it was not trained by itself
   */
  public record Tuned(TrainedNetwork network, String training) implements AutoCloseable {

    @Override
    public void close() {
      network.close();
    }
  }

  /**
   * A training that was kept.
   *
   * @param correct selection images; -1 if that is not known
   */
  private record Kept(String name, int epochs, long correct, String training) {}

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

  /** What came of the training of a structure; empty if it is not kept. */
  Optional<FineTunedAnswers> answers(Structure structure, JobSpec.FineTune settings) {
    return answers(name(structure, settings));
  }

  private Optional<FineTunedAnswers> answers(String name) {
    return folder.readJson(name + ANSWERS, FineTunedAnswers.class);
  }

  /** Keeps what came of the training of a structure. */
  void keep(Structure structure, JobSpec.FineTune settings, FineTunedAnswers answers) {
    folder.writeJson(name(structure, settings) + ANSWERS, answers);
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
   * Of the longest trainings of a structure the one with most selection images correct; empty if it
   * never was trained.
   *
   * @param scratch an empty folder for a moment
   */
  public Optional<Tuned> longest(Structure structure, Path scratch) {
    return chosen(structure)
        .flatMap(
            kept ->
                folder
                    .read(kept.name() + EXTENSION)
                    .map(
                        content -> {
                          Path file = scratch.resolve("tuned" + EXTENSION);
                          AtomicFile.write(file, content);
                          return new Tuned(NetworkFile.read(file), kept.training());
                        }));
  }

  private Optional<Kept> chosen(Structure structure) {
    String prefix = prefix(structure);
    return folder.names().stream()
        .filter(name -> name.startsWith(prefix) && name.endsWith(EXTENSION))
        .map(name -> name.substring(0, name.length() - EXTENSION.length()))
        .map(name -> kept(name, prefix))
        .max(
            Comparator.comparingInt(Kept::epochs)
                .thenComparingLong(Kept::correct)
                .thenComparing(Kept::name));
  }

  private Kept kept(String name, String prefix) {
    int epochs = Integer.parseInt(name.substring(prefix.length()).split("-", 2)[0]);
    return answers(name)
        .map(FineTunedAnswers::shown)
        .map(shown -> new Kept(name, epochs, shown.selection().correct(), shown.training()))
        // A job that was killed had no time to keep them.
        .orElseGet(() -> new Kept(name, epochs, -1, "%d epochs".formatted(epochs)));
  }
}
