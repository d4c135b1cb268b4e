package dev.espalier.driver.app.search;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.search.run.SearchListener;

/** Tells the monitor of a job what a search found amiss in its files. */
abstract class MonitoredSearch implements SearchListener {

  protected final JobMonitor monitor;

  MonitoredSearch(JobMonitor monitor) {
    this.monitor = monitor;
  }

  @Override
  public void checkpointSkipped(String file, String reason) {
    monitor.note("Did not use %s: %s".formatted(file, reason));
  }

  @Override
  public void cutOff(int bytes) {
    monitor.note(
        "Left out %d bytes at the end of the journal, which a crash had cut off".formatted(bytes));
  }
}
