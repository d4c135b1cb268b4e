package dev.espalier.driver.app;

import dev.espalier.driver.service.Stage;

/**
 * Hears how a job gets on, for the screen, the status file and the metrics. Must return at once.
 * Called from one thread at a time.
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

  /** Both of them hear everything. */
  static JobListener both(JobListener first, JobListener second) {
    return new JobListener() {
      @Override
      public void stage(Stage stage, String message) {
        first.stage(stage, message);
        second.stage(stage, message);
      }

      @Override
      public void progress(Progress progress) {
        first.progress(progress);
        second.progress(progress);
      }

      @Override
      public void note(String line) {
        first.note(line);
        second.note(line);
      }
    };
  }
}
