package dev.espalier.driver.cli.progress;

import dev.espalier.driver.app.watch.JobListener;
import java.io.PrintWriter;

/** Shows how something gets on, until it is closed. */
public sealed interface Screen extends JobListener, AutoCloseable
    permits BarProgress, PlainProgress {

  /** A bar where standard error is a terminal, as the launcher says, and plain lines elsewhere. */
  static Screen of(PrintWriter err) {
    return Boolean.getBoolean("espalier.terminal")
        ? new BarProgress(err, System.err)
        : new PlainProgress(err, System::nanoTime);
  }

  @Override
  void close();
}
