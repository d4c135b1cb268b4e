package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
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

  /** Of a job that was not to search. */
  static JobReport of(JobPlan plan, JobRecord made, JobStatus status) {
    return new JobReport(
        made.id().text(),
        made(plan, made),
        effort(status),
        StructureView.of(plan.space().widest(), plan.full(), plan.full()),
        null,
        null,
        List.of(),
        List.of(),
        List.of(),
        null);
  }

  /** Of a job that has searched; nothing is confirmed if it was not to confirm. */
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
        made(plan, made),
        effort(status),
        StructureView.of(plan.space().widest(), full, full),
        ScoreView.of(new Scored(gate.widest().correct(), gate.widest().images())),
        Hypervolume.share(front, full),
        front.front().stream().map(trial -> TrialView.of(trial, full)).toList(),
        confirmed.stream().map(one -> ConfirmedView.of(one, full)).toList(),
        List.of(),
        null);
  }

  private static JobReport.Made made(JobPlan plan, JobRecord made) {
    return new JobReport.Made(
        made.version(),
        plan.space().network().name(),
        Networks.choices(plan.spec().network()),
        plan.data().name(),
        plan.strategy(),
        plan.spec().search().seed(),
        made.protocol(),
        made.digests());
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
