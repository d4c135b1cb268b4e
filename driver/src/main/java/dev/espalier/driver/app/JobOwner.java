package dev.espalier.driver.app;

/** On whose behalf a job runs. Thread-safe. */
public interface JobOwner {

  /** A process that runs nothing but this job, and holds its lock. */
  JobOwner PROCESS = () -> false;

  /** Whether it begins the job again by itself once files that cannot be used are back. */
  boolean triesAgain();
}
