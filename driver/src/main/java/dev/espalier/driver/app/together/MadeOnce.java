package dev.espalier.driver.app.together;

import dev.espalier.driver.app.watch.JobListener;
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
 * A result that jobs share and that takes long to make: whoever comes first makes it, the others
 * wait and use it.
 *
 * @param folder of its own, of this machine, where whoever makes it may keep what it needs
 * @param isThere whether it is made
 * @param reusing tells people that it is there
 * @param waiting tells people that another job makes it
 */
public record MadeOnce(Path folder, BooleanSupplier isThere, String reusing, String waiting) {

  /** A file in a folder of its own. */
  public static MadeOnce ofFile(Path file, String reusing, String waiting) {
    return new MadeOnce(
        file.resolveSibling(".").normalize(), () -> Files.exists(file), reusing, waiting);
  }

  /**
   * Makes it now if it is not there yet; false if asked to stop.
   *
   * @param maker makes it, with all cores of this process; false if it was asked to stop
   */
  public boolean findOrMake(JobListener screen, BooleanSupplier stop, BooleanSupplier maker) {
    return findOrMake(List.of(this), screen, stop, missing -> maker.getAsBoolean());
  }

  /**
   * Makes those of some results that are not there yet, together; false if asked to stop.
   *
   * @param all in an order that everybody keeps, as one waits for each of them
   * @param maker makes those that it is given, with all cores of this process; false if it was
   *     asked to stop
   */
  public static boolean findOrMake(
      List<MadeOnce> all,
      JobListener screen,
      BooleanSupplier stop,
      Predicate<List<MadeOnce>> maker) {
    List<MadeOnce> missing = new ArrayList<>();
    List<ProcessLock> locks = new ArrayList<>();
    try {
      for (MadeOnce each : all) {
        if (each.isThere.getAsBoolean()) {
          screen.note(each.reusing);
          continue;
        }
        Optional<ProcessLock> lock =
            ProcessLock.await(
                Folders.make(each.folder).resolve("lock"), stop, () -> screen.note(each.waiting));
        if (lock.isEmpty()) {
          return false;
        }
        locks.add(lock.get());
        // Another job may have made it meanwhile.
        if (!each.isThere.getAsBoolean()) {
          missing.add(each);
        }
      }
      return missing.isEmpty() || makeInTurn(screen, stop, () -> maker.test(missing));
    } finally {
      locks.forEach(ProcessLock::close);
    }
  }

  private static boolean makeInTurn(
      JobListener screen, BooleanSupplier stop, BooleanSupplier maker) {
    Optional<TrainingTurn> turn = TrainingTurn.await(screen, stop);
    if (turn.isEmpty()) {
      return false;
    }
    try (TrainingTurn mine = turn.get()) {
      return maker.getAsBoolean();
    }
  }
}
