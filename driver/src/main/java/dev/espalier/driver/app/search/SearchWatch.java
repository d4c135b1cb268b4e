package dev.espalier.driver.app.search;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.archive.Hypervolume;
import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.SearchState;

/**
 * Watches the search of a job for its monitor: counts trials, knows the best accuracy, measures the
 * front.
 */
public final class SearchWatch extends MonitoredSearch {

  private final Costs full;
  private final int budget;
  private final int window;
  private long trials;
  private long failures;
  private double best = Double.NaN;

  public SearchWatch(JobMonitor monitor, JobPlan plan) {
    super(monitor);
    this.full = plan.full();
    this.budget = plan.spec().search().budget();
    this.window = plan.spec().search().window();
  }

  @Override
  public void began(SearchState<?> state) {
    state.history().trials().forEach(this::count);
    frontChanged(state.front());
    tell();
  }

  @Override
  public void told(Trial trial) {
    count(trial);
    tell();
  }

  @Override
  public void frontChanged(ParetoArchive front) {
    monitor.metrics().hypervolume(Hypervolume.share(front, full));
  }

  private void count(Trial trial) {
    trials++;
    if (trial.scored()) {
      best = Double.isNaN(best) ? trial.accuracy() : Math.max(best, trial.accuracy());
    } else {
      failures++;
    }
  }

  private void tell() {
    boolean any = !Double.isNaN(best);
    monitor.metrics().inFlight(Math.min(window, budget - trials));
    monitor.learned(trials, failures, any ? best : null);
    monitor.progress(
        new Progress(trials, budget, "structures", any ? "best " + Words.percent(best) : ""));
  }
}
