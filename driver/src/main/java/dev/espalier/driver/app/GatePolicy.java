package dev.espalier.driver.app;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.pruningnet.scoring.gate.GateReport;

/** What happens to a job whose PruningNet is hardly better than guessing. */
public enum GatePolicy {
  /** It stops, with advice. */
  STOP,
  /** It goes on, with a warning. */
  FORCE;

  void apply(GateReport report, JobMonitor monitor) {
    if (report.verdict() == GateReport.Verdict.FINE) {
      return;
    }
    if (this == STOP) {
      throw new JobFailedException(
          "The PruningNet is hardly better than guessing, so a search would choose by chance: %s."
                  .formatted(report.text())
              + " Maybe train it for more epochs, or go on all the same with --force.");
    }
    monitor.note("Going on although the PruningNet is hardly better than guessing (--force)");
  }
}
