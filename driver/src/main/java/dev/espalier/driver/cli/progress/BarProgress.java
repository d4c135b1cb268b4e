package dev.espalier.driver.cli.progress;

import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.service.Stage;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Progress for a terminal: a bar with the time left, one for each stage. */
final class BarProgress implements Screen {

  private static final int WIDTH = 100;

  private final PrintWriter err;
  private final PrintStream terminal;
  private @Nullable ProgressBar bar;

  BarProgress(PrintWriter err, PrintStream terminal) {
    this.err = err;
    this.terminal = terminal;
  }

  @Override
  public void stage(Stage stage, String message) {
    note(message);
  }

  @Override
  public void progress(Progress progress) {
    if (bar == null) {
      bar = bar(progress);
    }
    bar.maxHint(progress.total());
    bar.stepTo(progress.done());
    bar.setExtraMessage(progress.detail());
  }

  @Override
  public void note(String line) {
    close();
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }

  private ProgressBar bar(Progress progress) {
    return new ProgressBarBuilder()
        .setTaskName(" ")
        .setUnit(" " + progress.unit(), 1)
        .setInitialMax(progress.total())
        .startsFrom(progress.done(), Duration.ZERO)
        .setStyle(ProgressBarStyle.ASCII)
        .setUpdateIntervalMillis(500)
        .setConsumer(new ConsoleProgressBarConsumer(terminal, WIDTH))
        .build();
  }
}
