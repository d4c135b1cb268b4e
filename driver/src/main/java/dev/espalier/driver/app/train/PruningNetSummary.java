package dev.espalier.driver.app.train;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.pruningnet.meta.Provenance;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A trained PruningNet as it is listed.
 *
 * @param id first digits of its training's digest: what people type
 * @param made what it was made from
 * @param bytes size of its file
 * @param file where it is
 */
public record PruningNetSummary(String id, Provenance made, long bytes, Path file) {

  private static final int DIGITS = 12;

  /** The trained PruningNets of a home, by id. */
  public static List<PruningNetSummary> all(Home home) {
    if (!Files.isDirectory(home.pruningNets())) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(home.pruningNets())) {
      return folders
          .map(folder -> folder.resolve(PruningNets.FILE))
          .filter(Files::exists)
          .sorted()
          .map(PruningNetSummary::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + home.pruningNets(), e);
    }
  }

  /**
   * The one whose id begins so.
   *
   * @throws NotFoundException if there is none
   * @throws BadInputException if there are several
   */
  public static PruningNetSummary find(Home home, String id) {
    List<PruningNetSummary> all = all(home);
    List<PruningNetSummary> found =
        all.stream().filter(one -> one.made().training().startsWith(id)).toList();
    if (found.size() > 1) {
      throw new BadInputException(
          "PruningNet '%s': %d ids begin so. Maybe give more digits?".formatted(id, found.size()));
    }
    return found.stream()
        .findFirst()
        .orElseThrow(
            () ->
                NotFoundException.of(
                    "PruningNet", id, all.stream().map(PruningNetSummary::id).toList()));
  }

  private static PruningNetSummary of(Path file) {
    try {
      Provenance made = TrainedPruningNet.provenance(file);
      return new PruningNetSummary(
          made.training().substring(0, DIGITS), made, Files.size(file), file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
