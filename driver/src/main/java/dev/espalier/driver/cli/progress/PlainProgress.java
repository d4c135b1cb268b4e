package dev.espalier.driver.cli.progress;

import dev.espalier.driver.app.watch.Pace;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.Stage;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;

/** Progress for files and pipes: a line for each stage, and one every ten seconds within it. */
final class PlainProgress implements Screen {

  private static final Duration BETWEEN = Duration.ofSeconds(10);

  private final PrintWriter err;
  private final LongSupplier nanoTime;
  private Pace pace;
  private long printed;

  PlainProgress(PrintWriter err, LongSupplier nanoTime) {
    this.err = err;
    this.nanoTime = nanoTime;
    this.pace = new Pace(nanoTime);
    this.printed = nanoTime.getAsLong();
  }

  @Override
  public void stage(Stage stage, String message) {
    pace = new Pace(nanoTime);
    printed = nanoTime.getAsLong();
    note(message);
  }

  @Override
  public void progress(Progress progress) {
    long now = nanoTime.getAsLong();
    String left =
        pace.remaining(progress.done(), progress.total())
            .map(time -> ", %s left".formatted(Words.duration(time)))
            .orElse("");
    if (now - printed < BETWEEN.toNanos()) {
      return;
    }
    printed = now;
    note(
        "  %d of %d %s%s%s"
            .formatted(
                progress.done(),
                progress.total(),
                progress.unit(),
                left,
                progress.detail().isEmpty() ? "" : ", " + progress.detail()));
  }

  @Override
  public void note(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    err.flush();
  }
}
