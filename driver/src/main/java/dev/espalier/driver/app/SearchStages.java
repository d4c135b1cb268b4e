package dev.espalier.driver.app;

import dev.espalier.driver.app.finetune.FineTuneRun;
import dev.espalier.driver.app.finetune.FineTuningBench;
import dev.espalier.driver.app.measure.Measurements;
import dev.espalier.driver.app.measure.ProtocolChoice;
import dev.espalier.driver.app.measure.Workers;
import dev.espalier.driver.app.measure.Workplace;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.search.Confirming;
import dev.espalier.driver.app.search.ProgressWatch;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.app.search.SearchWatch;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.gate.Gate;
import dev.espalier.pruningnet.scoring.gate.GateReport;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.report.ConfirmedStructure;
import dev.espalier.search.run.SearchListener;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The stages of a job that have a PruningNet: check, search, confirm, fine-tune, as far as the job
 * asks for them. As {@link JobStages}, each goes on from what it finds of an earlier run; an empty
 * result says that the job was asked to stop.
 *
 * @param scratch for what workers may throw away
 */
record SearchStages(
    JobFolder job,
    JobPlan plan,
    Images images,
    JobInputs inputs,
    JobMonitor monitor,
    Workplace workplace,
    Path scratch,
    BooleanSupplier stop) {

  private static final int GATE_STRUCTURES = 5;

  /**
   * From the PruningNet to the report.
   *
   * @param file of the PruningNet
   */
  Optional<JobReport> run(TrainedPruningNet trained, Path file, GatePolicy policy) {
    return plan.spec().has(JobSpec.Stage.FINE_TUNE)
        ? confirmed(trained, file, policy).flatMap(report -> fineTune(trained, file, report))
        : search(trained, file, policy);
  }

  /** The report of an earlier run that has confirmed, or else of this one. */
  private Optional<JobReport> confirmed(TrainedPruningNet trained, Path file, GatePolicy policy) {
    Optional<JobReport> known =
        job.report(JobReport.class).filter(report -> !report.confirmed().isEmpty());
    if (known.isPresent()) {
      return known;
    }
    Optional<JobReport> found = search(trained, file, policy);
    // What the search found shall be there whatever becomes of the trainings.
    found.ifPresent(job::writeReport);
    return found;
  }

  private Optional<JobReport> fineTune(TrainedPruningNet trained, Path file, JobReport report) {
    List<Structure> structures = report.structures();
    monitor.stage(
        Stage.FINE_TUNING, "Training %d structures by themselves".formatted(structures.size()));
    FineTuningBench bench =
        new FineTuningBench(
            plan,
            images,
            trained,
            file,
            EvaluationProtocol.parse(inputs.protocol()),
            null,
            () -> workplace.slices(plan.spec(), images.file(), scratch, monitor),
            monitor,
            stop);
    FineTuneRun.Result result = new FineTuneRun(job, bench).run(structures);
    return result.structures().size() < structures.size()
        ? Optional.empty()
        : Optional.of(
            report.withFineTuned(
                Reports.effort(monitor.status()), result.structures(), result.unpruned()));
  }

  private Optional<JobReport> search(TrainedPruningNet trained, Path file, GatePolicy policy) {
    monitor.stage(Stage.CHECKING, "Checking the PruningNet");
    Optional<EvaluationProtocol> protocol = protocol(trained, file);
    if (protocol.isEmpty()) {
      return Optional.empty();
    }
    inputs.require("protocol", protocol.get().digest());
    GateReport gate = gate(trained, protocol.get(), policy);
    Measurements measurements =
        new Measurements(plan, images, new ContentFile(trained.digest(), file), protocol.get());
    try (Workers workers = workplace.workers(measurements, scratch, monitor)) {
      monitor.note("Score cache: " + workers.cache());
      return searched(workers, gate);
    }
  }

  /** How structures are measured: chosen when a job first starts, then kept. */
  private Optional<EvaluationProtocol> protocol(TrainedPruningNet trained, Path file) {
    if (inputs.protocol().isEmpty()) {
      ProtocolChoice.of(
              plan,
              trained.net(),
              file,
              stop,
              () -> monitor.note("Waiting: another job measures how to use this PruningNet"))
          .ifPresent(chosen -> inputs.choose(chosen.text()));
    }
    return Optional.of(inputs.protocol())
        .filter(text -> !text.isEmpty())
        .map(EvaluationProtocol::parse);
  }

  private GateReport gate(
      TrainedPruningNet trained, EvaluationProtocol protocol, GatePolicy policy) {
    try (StructureScorer scorer =
        StructureScorer.of(trained.net(), images.dataset(), images.splits(), protocol)) {
      GateReport report = Gate.check(scorer, GATE_STRUCTURES, plan.streams());
      monitor.note("PruningNet: " + report.text());
      if (!hasSearched()) {
        policy.apply(report, monitor);
      }
      return report;
    }
  }

  /** Whether the gate was passed, or forced, in an earlier run: nobody is asked twice. */
  private boolean hasSearched() {
    return inputs.made().begun().contains(SearchFolder.searched(plan, job.search()).name());
  }

  private Optional<JobReport> searched(Workers workers, GateReport gate) {
    SearchFolder.Result search;
    Optional<SearchFolder.Result> random = Optional.empty();
    try (EvaluationPool pool = workers.pool(Split.SELECTION)) {
      monitor.stage(
          Stage.SEARCHING,
          "Searching with %s: %d structures"
              .formatted(plan.strategy(), plan.spec().search().budget()));
      search = run(SearchFolder.searched(plan, job.search()), pool, new SearchWatch(monitor, plan));
      if (!search.finished()) {
        return Optional.empty();
      }
      if (plan.spec().has(JobSpec.Stage.CONFIRM)) {
        random = Optional.of(random(pool));
      }
    }
    if (random.isEmpty()) {
      return Optional.of(report(gate, search, List.of()));
    }
    if (!random.get().finished()) {
      return Optional.empty();
    }
    List<Trial> trials = search.state().history().trials();
    return new Confirming(plan, workers, monitor, stop)
        .run(trials, random.get().state().history().trials())
        .map(confirmed -> report(gate, search, confirmed));
  }

  private SearchFolder.Result random(EvaluationPool pool) {
    SearchFolder<?> baseline = SearchFolder.random(plan, job.search());
    monitor.stage(Stage.CONFIRMING, "Measuring %d random structures".formatted(baseline.budget()));
    return run(baseline, pool, new ProgressWatch(monitor, baseline.budget()));
  }

  private SearchFolder.Result run(
      SearchFolder<?> folder, EvaluationPool pool, SearchListener listener) {
    return folder.run(inputs.identity(), () -> inputs.begin(folder.name()), pool, listener, stop);
  }

  private JobReport report(
      GateReport gate, SearchFolder.Result search, List<ConfirmedStructure> confirmed) {
    return Reports.of(
        plan, inputs.made(), monitor.status(), gate, search.state().front(), confirmed);
  }
}
