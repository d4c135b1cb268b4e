package dev.espalier.driver.cli.progress;

import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.Stage;
import java.util.function.Consumer;

/**
 * The stages and notes of one of many jobs, each line with the job's id before it.
 *
 * @param id the job
 * @param lines takes them
 */
public record JobLines(JobId id, Consumer<String> lines) implements JobListener {

  @Override
  public void stage(Stage stage, String message) {
    note(message);
  }

  @Override
  public void note(String line) {
    lines.accept("%s  %s".formatted(id, line));
  }
}
