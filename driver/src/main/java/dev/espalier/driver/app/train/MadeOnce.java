package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A file that jobs share and that takes long to make: whoever comes first makes it, the others wait
 * and use it.
 *
 * @param file in a folder of its own
 * @param reusing tells people that it is there
 * @param waiting tells people that another job makes it
 */
record MadeOnce(Path file, String reusing, String waiting) {

  /**
   * The file, made now if it is not there yet; empty if asked to stop.
   *
   * @param maker makes it, with all cores of this process; false if it was asked to stop
   */
  Optional<Path> findOrMake(JobMonitor monitor, BooleanSupplier stop, BooleanSupplier maker) {
    if (Files.exists(file)) {
      monitor.note(reusing);
      return Optional.of(file);
    }
    Optional<ProcessLock> lock =
        ProcessLock.await(
            Folders.make(folder()).resolve("lock"), stop, () -> monitor.note(waiting));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ProcessLock mine = lock.get()) {
      // Another job may have made it meanwhile.
      return Files.exists(file) || makeInTurn(monitor, stop, maker)
          ? Optional.of(file)
          : Optional.empty();
    }
  }

  /** Where whoever makes it may keep what it needs. */
  Path folder() {
    return file.resolveSibling(".").normalize();
  }

  private static boolean makeInTurn(
      JobMonitor monitor, BooleanSupplier stop, BooleanSupplier maker) {
    Optional<TrainingTurn> turn = TrainingTurn.await(monitor, stop);
    if (turn.isEmpty()) {
      return false;
    }
    try (TrainingTurn mine = turn.get()) {
      return maker.getAsBoolean();
    }
  }
}
