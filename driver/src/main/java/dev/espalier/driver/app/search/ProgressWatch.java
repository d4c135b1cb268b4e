package dev.espalier.driver.app.search;

import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.SearchState;

/** Watches a search whose trials are no findings of the job, like the random baseline. */
public final class ProgressWatch extends MonitoredSearch {

  private final int budget;
  private long trials;

  /** A watch of a search over so many structures. */
  public ProgressWatch(JobMonitor monitor, int budget) {
    super(monitor);
    this.budget = budget;
  }

  @Override
  public void began(SearchState<?> state) {
    trials = state.told();
    monitor.progress(new Progress(trials, budget, "structures", ""));
  }

  @Override
  public void told(Trial trial) {
    trials++;
    monitor.progress(new Progress(trials, budget, "structures", ""));
  }
}
