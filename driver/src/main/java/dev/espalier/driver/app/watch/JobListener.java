package dev.espalier.driver.app.watch;

import dev.espalier.driver.service.Stage;

/**
 * Hears how a job gets on, to show it on a screen. Must return at once. Called from the thread that
 * runs the job.
 */
public interface JobListener {

  /** A listener that does nothing. */
  JobListener SILENT = new JobListener() {};

  /** A stage begins; its message is one line for people. */
  default void stage(Stage stage, String message) {}

  /** A stage gets on. */
  default void progress(Progress progress) {}

  /** Something that people should know. */
  default void note(String line) {}
}
