package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobOwner;
import dev.espalier.driver.app.JobRun;
import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.watch.JobLog;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.service.JobFolder;
import java.time.InstantSource;
import java.util.Optional;

/** Runs a job in the foreground, for the commands that do. */
final class JobRunner {

  private static final int STOPPED = 1;

  private final HomeOption home;
  private final OutputOption output;

  JobRunner(HomeOption home, OutputOption output) {
    this.home = home;
    this.output = output;
  }

  /** Runs a job, prints its report or the command that resumes it, and gives the exit code. */
  int run(JobFolder job, GatePolicy gate) {
    // The gate is passed anew by every run, so whoever forced it once has to force it again.
    String force = gate == GatePolicy.FORCE ? " --force" : "";
    String resume = "espalier resume %s%s%s".formatted(job.id(), home.argument(), force);
    try (JobLog log = JobLog.ofProcess(job.local().orElseThrow().log());
        StopSignals signals = StopSignals.heard(output::note)) {
      Optional<JobReport> report;
      try (Screen screen = output.screen()) {
        report =
            new JobRun(
                    home.home(),
                    home.store(),
                    new OwnWorkplace(home.home()),
                    JobMetrics::alone,
                    screen,
                    signals::stopping,
                    JobOwner.PROCESS,
                    InstantSource.system())
                .run(job, gate);
      }
      if (report.isEmpty()) {
        output.note("Go on with: " + resume);
        return STOPPED;
      }
      output.print(
          report.get(), "%s%nFiles of the job: %s%n".formatted(report.get().text(), job.folder()));
      return 0;
    }
  }
}
