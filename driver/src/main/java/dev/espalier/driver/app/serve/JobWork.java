package dev.espalier.driver.app.serve;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.service.JobFolder;
import java.util.function.BooleanSupplier;

/** How a service has a job run. Called from the thread of the job. */
public interface JobWork {

  /**
   * Runs a job from wherever it was.
   *
   * @param stop asks it to stop at its next safe point
   * @return true if it is done, false if it was stopped
   * @throws java.io.UncheckedIOException if its files cannot be used for now
   * @throws RuntimeException if it cannot go on
   */
  boolean run(JobFolder job, GatePolicy gate, BooleanSupplier stop);

  /** Whether any job can still be run; if not, the service ends and its jobs wait for the next. */
  boolean possible();
}
