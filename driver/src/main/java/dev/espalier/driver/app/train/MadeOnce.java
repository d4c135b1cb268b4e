package dev.espalier.driver.app.train;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

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
    return findOrMake(List.of(this), monitor, stop, missing -> maker.getAsBoolean())
        ? Optional.of(file)
        : Optional.empty();
  }

  /**
   * Makes those of some files that are not there yet, together; false if asked to stop.
   *
   * @param all in an order that everybody keeps, as one waits for each of them
   * @param maker makes those that it is given, with all cores of this process; false if it was
   *     asked to stop
   */
  static boolean findOrMake(
      List<MadeOnce> all,
      JobMonitor monitor,
      BooleanSupplier stop,
      Predicate<List<MadeOnce>> maker) {
    List<MadeOnce> missing = new ArrayList<>();
    List<ProcessLock> locks = new ArrayList<>();
    try {
      for (MadeOnce each : all) {
        if (Files.exists(each.file)) {
          monitor.note(each.reusing);
          continue;
        }
        Optional<ProcessLock> lock =
            ProcessLock.await(
                Folders.make(each.folder()).resolve("lock"),
                stop,
                () -> monitor.note(each.waiting));
        if (lock.isEmpty()) {
          return false;
        }
        locks.add(lock.get());
        // Another job may have made it meanwhile.
        if (!Files.exists(each.file)) {
          missing.add(each);
        }
      }
      return missing.isEmpty() || makeInTurn(monitor, stop, () -> maker.test(missing));
    } finally {
      locks.forEach(ProcessLock::close);
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
