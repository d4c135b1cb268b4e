package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.report.ConfirmedView;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.pruningnet.scoring.gate.GateReport;
import dev.espalier.search.archive.Hypervolume;
import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.report.ConfirmedStructure;
import java.util.List;

/** Puts together what a job is found to have done. */
final class Reports {

  private Reports() {}

  static JobReport of(
      JobPlan plan,
      JobRecord made,
      JobStatus status,
      GateReport gate,
      ParetoArchive front,
      List<ConfirmedStructure> confirmed) {
    Costs full = plan.full();
    return new JobReport(
        made.id().text(),
        new JobReport.Made(
            made.version(),
            plan.space().network().name(),
            plan.data().name(),
            plan.strategy(),
            plan.spec().search().seed(),
            made.protocol(),
            made.digests()),
        effort(status),
        StructureView.of(plan.space().widest(), full, full),
        ScoreView.of(new Scored(gate.widest().correct(), gate.widest().images())),
        Hypervolume.share(front, full),
        front.front().stream().map(trial -> TrialView.of(trial, full)).toList(),
        confirmed.stream().map(one -> ConfirmedView.of(one, full)).toList(),
        List.of());
  }

  /** What a job has taken so far. */
  static JobReport.Effort effort(JobStatus status) {
    JobStatus.Counts counts = status.counts();
    return new JobReport.Effort(
        counts.evaluations(),
        counts.failures(),
        counts.cacheHits(),
        counts.cacheMisses(),
        status.time());
  }
}
