package dev.espalier.driver.app.plan;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.job.JobSpec.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Refuses stages that need what nobody has made, each with a {@link BadInputException}. */
public final class StageRules {

  private StageRules() {}

  /**
   * Refuses to go on with a network that is open, and to do nothing but find one that is not.
   *
   * @param found the architecture that the job has found already; empty before
   */
  public static void requireNetwork(JobSpec spec, String found) {
    boolean open = Networks.isOpen(spec.network());
    if (open && found.isEmpty() && !spec.has(Stage.FIND)) {
      throw new BadInputException(
          "stages: without find, but network %s has no architecture yet. Maybe add find, or set network.architecture?"
              .formatted(spec.network().name()));
    }
    if (!open && spec.stages().equals(List.of(Stage.FIND))) {
      throw new BadInputException(
          "stages: find alone, but network %s is given, so that there is nothing to do. Maybe add train?"
              .formatted(spec.network().name()));
    }
  }

  /**
   * Refuses to search without a PruningNet.
   *
   * @param file where the PruningNet is, if it is there; of a network that is open there is none
   */
  public static void requirePruningNet(JobSpec spec, Path file) {
    if (!spec.has(Stage.SEARCH) || spec.has(Stage.TRAIN)) {
      return;
    }
    if (Networks.isOpen(spec.network())) {
      throw new BadInputException(
          "stages: search without train, but there is no PruningNet for a network that is to be found. Maybe add train?");
    }
    if (!Files.exists(file)) {
      throw new BadInputException(
          "stages: search without train, but there is no PruningNet for this job in %s. Maybe add train?"
              .formatted(file.getParent()));
    }
  }
}
