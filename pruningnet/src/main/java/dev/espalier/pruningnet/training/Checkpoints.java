package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.ParameterFile;
import dev.espalier.pruningnet.tensor.ParameterReader;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The last two states of a training in a folder, each a {@link ParameterFile} of kind {@code
 * checkpoint}. A state is everything that the next step depends on, so that a resumed training
 * learns the same weights, bit for bit.
 *
 * @param folder holds the checkpoints of one training
 * @param interval steps from one checkpoint to the next; there is one after every epoch too
 */
public record Checkpoints(Path folder, long interval) {

  private static final String KIND = "checkpoint";
  private static final String NAME = "step-%012d.checkpoint";
  private static final String PATTERN = "step-\\d{12}\\.checkpoint";
  private static final int KEPT = 2;

  /**
   * Where a training stands.
   *
   * @param step number of finished steps
   * @param threads of the engine: they decide in which order sums are added up
   */
  record State(long step, int threads) {}

  /** Refuses an interval below 1. */
  public Checkpoints {
    if (interval < 1) {
      throw new IllegalArgumentException(
          "checkpoints: interval is %d, expected at least 1".formatted(interval));
    }
  }

  /** The checkpoints of a named part of a training, in a folder within this one. */
  public Checkpoints part(String name) {
    return new Checkpoints(folder.resolve(name), interval);
  }

  /** The newest checkpoint, or nothing if there is none; it has not been read. */
  public Optional<Path> newest() {
    return newestFirst().stream().findFirst();
  }

  /** Removes all checkpoints: the training is over and its result is safe. */
  public void delete() {
    newestFirst().forEach(Checkpoints::delete);
  }

  /**
   * Keeps a state, durable when this returns, and removes all but the newest two.
   *
   * @param training digest of the training
   * @param arrays parameters and momenta
   */
  void save(String training, State state, List<Parameter> arrays) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the folder " + folder, e);
    }
    Map<String, String> entries =
        Map.of(
            "training", training,
            "step", Long.toString(state.step()),
            "threads", Integer.toString(state.threads()));
    Path file = folder.resolve(NAME.formatted(state.step()));
    ParameterFile.write(file, KIND, new TreeMap<>(entries), arrays);
    newestFirst().stream().skip(KEPT).forEach(Checkpoints::delete);
  }

  /**
   * Reads the newest state that is whole into the arrays.
   *
   * @return the state, or nothing if there is no checkpoint
   * @throws BadInputException if the checkpoints are of another training or none is whole
   */
  Optional<State> load(String training, List<Parameter> arrays, TrainingListener listener) {
    List<Path> files = newestFirst();
    Optional<BadInputException> foreign = Optional.empty();
    for (Path file : files) {
      try (ParameterReader reader = ParameterFile.open(file, KIND)) {
        String found = reader.entry("training");
        if (found.equals(training)) {
          State state = state(reader);
          reader.read(arrays);
          listener.resumed(file, state.step());
          return Optional.of(state);
        }
        foreign = Optional.of(foreign(file, found, training));
        listener.damaged(foreign.get());
      } catch (BadInputException e) {
        listener.damaged(e);
      }
    }
    if (files.isEmpty()) {
      return Optional.empty();
    }
    throw foreign.orElseGet(
        () ->
            new BadInputException(
                "%s: none of its %d checkpoints is whole. Maybe the disk is damaged; remove the folder to train anew."
                    .formatted(folder, files.size())));
  }

  private static State state(ParameterReader reader) {
    return new State(
        reader.number("step", 0, Long.MAX_VALUE),
        (int) reader.number("threads", 1, Integer.MAX_VALUE));
  }

  private static BadInputException foreign(Path file, String found, String training) {
    return new BadInputException(
        ("%s: it is of training %.8s, expected %.8s. Maybe the network, the settings or the images"
                + " have changed since; remove the folder to train anew.")
            .formatted(file, found, training));
  }

  private List<Path> newestFirst() {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches(PATTERN))
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + folder, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }
}
