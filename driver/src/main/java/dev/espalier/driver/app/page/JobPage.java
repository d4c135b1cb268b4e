package dev.espalier.driver.app.page;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.report.ConfirmedView;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.report.page.Fact;
import dev.espalier.driver.report.page.ReportPage;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.SearchState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The page of a job as it is now, also while it runs. Changes nothing.
 *
 * @param view of the job
 * @param search where its search stands
 * @param report of the job, once it is done
 */
public record JobPage(JobView view, SearchState<?> search, Optional<JobReport> report) {

  /** The page of a job. */
  public static ReportPage of(JobView view) {
    return new JobPage(view, view.search(), view.job().report(JobReport.class)).page();
  }

  private ReportPage page() {
    JobStatus status = view.job().status();
    Costs full = view.plan().full();
    List<Trial> trials = search.history().trials();
    List<ConfirmedView> confirmed = report.map(JobReport::confirmed).orElse(List.of());
    return new ReportPage(
        view.job().id().text(),
        "%s of %s over %s: %s, %d of %d structures measured"
            .formatted(
                view.plan().strategy(),
                view.plan().space().network().name(),
                view.plan().data().name(),
                status.stage().word(),
                trials.size(),
                view.plan().spec().search().budget()),
        report.map(JobReport::verdict).orElse("").strip(),
        search.front().front().stream().map(trial -> TrialView.of(trial, full)).toList(),
        confirmed,
        report.map(JobReport::fineTuned).orElse(List.of()),
        report.map(JobReport::unpruned).orElse(null),
        effort(trials, status),
        provenance(view.job().record()),
        new Pictures(view, trials, search.front(), confirmed).data());
  }

  private List<Fact> effort(List<Trial> trials, JobStatus status) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("structures measured", "" + trials.size()));
    facts.add(
        new Fact("of them failed", "" + trials.stream().filter(trial -> !trial.scored()).count()));
    JobStatus.Counts counts = status.counts();
    facts.add(new Fact("scores taken from the cache", "" + counts.cacheHits()));
    facts.add(new Fact("scores computed", "" + counts.cacheMisses()));
    view.evaluationTime().ifPresent(time -> facts.add(new Fact("evaluation time", time.text())));
    status
        .time()
        .forEach((stage, time) -> facts.add(new Fact("time " + stage, Words.duration(time))));
    return facts;
  }

  private List<Fact> provenance(JobRecord made) {
    List<Fact> facts = new ArrayList<>();
    facts.add(new Fact("Espalier", made.version()));
    String architecture = Networks.choices(view.plan().spec().network());
    if (!architecture.isEmpty()) {
      facts.add(new Fact("architecture", architecture));
    }
    facts.add(new Fact("seed", "" + view.plan().spec().search().seed()));
    if (!made.protocol().isEmpty()) {
      facts.add(new Fact("protocol", made.protocol()));
    }
    made.digests().forEach((what, digest) -> facts.add(new Fact("SHA-256 of " + what, digest)));
    return facts;
  }
}
