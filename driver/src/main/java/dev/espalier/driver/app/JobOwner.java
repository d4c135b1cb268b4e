package dev.espalier.driver.app;

import java.util.function.BooleanSupplier;

/**
 * On whose behalf a job runs.
 *
 * @param triesAgain whether it begins the job again by itself once files that could not be used are
 *     back
 * @param owns whether the job is still its own; if not, the job's status is somebody else's. Asked
 *     by any thread
 */
public record JobOwner(boolean triesAgain, BooleanSupplier owns) {

  /** A process that runs nothing but this job, and holds its lock. */
  public static final JobOwner PROCESS = new JobOwner(false, () -> true);

  /** A service, which may be replaced. */
  public static JobOwner service(BooleanSupplier owns) {
    return new JobOwner(true, owns);
  }
}
