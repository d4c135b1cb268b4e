package dev.espalier.driver.app;

import dev.espalier.driver.app.finetune.FineTuneRun;
import dev.espalier.driver.app.finetune.FineTuningBench;
import dev.espalier.driver.app.measure.Measurements;
import dev.espalier.driver.app.measure.ProtocolChoice;
import dev.espalier.driver.app.measure.Workers;
import dev.espalier.driver.app.measure.Workplace;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.search.Confirming;
import dev.espalier.driver.app.search.ProgressWatch;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.app.search.SearchWatch;
import dev.espalier.driver.app.train.Architectures;
import dev.espalier.driver.app.train.EpochAccuracy;
import dev.espalier.driver.app.train.PruningNetReplicas;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.data.SharedNets;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Store;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.gate.Gate;
import dev.espalier.pruningnet.scoring.gate.GateReport;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.search.digest.Sha256;
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
 * The stages of a job, one after the other. Each goes on from what it finds of an earlier run; an
 * empty result says that the job was asked to stop.
 */
final class JobStages {

  private static final int GATE_STRUCTURES = 5;

  private final Home home;
  private final Store store;
  private final JobFolder job;
  private final JobSpec spec;
  private final JobInputs inputs;
  private final JobMonitor monitor;
  private final Workplace workplace;
  private final BooleanSupplier stop;

  JobStages(
      Home home,
      Store store,
      JobFolder job,
      JobSpec spec,
      JobInputs inputs,
      JobMonitor monitor,
      Workplace workplace,
      BooleanSupplier stop) {
    this.home = home;
    this.store = store;
    this.job = job;
    this.spec = spec;
    this.inputs = inputs;
    this.monitor = monitor;
    this.workplace = workplace;
    this.stop = stop;
  }

  /** From the job file to the report. */
  Optional<JobReport> run(GatePolicy policy) {
    monitor.stage(Stage.PREPARING, "Preparing %s".formatted(job.id()));
    workplace.require(spec);
    PackedDataset dataset = DataStore.of(home).forJob(spec.data().name());
    dataset.verify();
    inputs.require("data", dataset.info().digest());
    job.writeData(dataset.info());
    Images images = Images.of(dataset, spec.data().splits());
    images.requireRecalibration(spec.evaluation().recalibrationImages());
    inputs.require("splits", images.digest());
    return architecture(images)
        .map(found -> JobPlan.of(found, dataset.info()))
        .flatMap(plan -> run(plan, images, policy));
  }

  private Optional<JobReport> run(JobPlan plan, Images images, GatePolicy policy) {
    inputs.require("network", plan.networkDigest());
    PruningNetTraining training = images.training(plan);
    Path net = PruningNets.file(pruningNets(), training);
    store.pruningNets().ifPresent(nets -> new SharedNets(nets).fetch(training.digest(), net));
    inputs.requireKept(net);
    requireKept(SearchFolder.searched(plan, job.search()));
    requireKept(SearchFolder.random(plan, job.search()));
    return train(plan, images).flatMap(file -> search(plan, images, file, policy));
  }

  /** The job with its network's architecture, which is found once. */
  private Optional<JobSpec> architecture(Images images) {
    if (!Networks.isOpen(spec.network())) {
      return Optional.of(spec);
    }
    if (inputs.architecture().isEmpty()) {
      Optional<Architectures.Found> found =
          new Architectures(home.architectures(), monitor, stop)
              .find(spec, images, () -> slices(images));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      inputs.found(found.get());
      monitor.note("Architecture: " + found.get().architecture());
    }
    return Optional.of(spec.withArchitecture(inputs.architecture(), inputs.first()));
  }

  private void requireKept(SearchFolder<?> search) {
    inputs.requireKept(search.name(), search.folder(), search.exists());
  }

  private Optional<Path> train(JobPlan plan, Images images) {
    PruningNetTraining training = images.training(plan);
    Optional<Path> trained =
        new PruningNets(pruningNets(), monitor, stop)
            .findOrTrain(training, new EpochAccuracy(plan, images), () -> replicas(plan, images));
    if (trained.isPresent() && store.pruningNets().isPresent()) {
      new SharedNets(store.pruningNets().get()).publish(training.digest(), trained.get());
    }
    return trained;
  }

  private SparkSlices slices(Images images) {
    return workplace.slices(spec, file(images), scratch(), monitor);
  }

  private static ContentFile file(Images images) {
    return new ContentFile(images.dataset().info().digest(), images.dataset().file());
  }

  private Replicas replicas(JobPlan plan, Images images) {
    return workplace.replicas(
        plan.spec(), file(images), PruningNetReplicas.of(plan.spec()), scratch(), monitor);
  }

  private Optional<JobReport> search(JobPlan plan, Images images, Path file, GatePolicy policy) {
    monitor.stage(Stage.CHECKING, "Checking the PruningNet");
    try (TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space())) {
      inputs.require(JobInputs.PRUNING_NET, trained.digest());
      Optional<EvaluationProtocol> protocol = protocol(plan, trained, file);
      if (protocol.isEmpty()) {
        return Optional.empty();
      }
      inputs.require("protocol", protocol.get().digest());
      GateReport gate = gate(plan, images, trained, protocol.get(), policy);
      Measurements measurements =
          new Measurements(plan, images, new ContentFile(trained.digest(), file), protocol.get());
      Optional<JobReport> report;
      try (Workers workers = workplace.workers(measurements, scratch(), monitor)) {
        monitor.note("Score cache: " + workers.cache());
        report = searched(plan, workers, gate);
      }
      FineTuningBench bench =
          new FineTuningBench(
              plan,
              images,
              trained,
              protocol.get(),
              plan.spec().confirmation().fineTune(),
              FineTuningBench.checkpoints(file),
              monitor,
              stop);
      return report.flatMap(found -> fineTuned(bench, found));
    }
  }

  /** The report with the confirmed structures trained by themselves, if the job asks for it. */
  private Optional<JobReport> fineTuned(FineTuningBench bench, JobReport report) {
    if (bench.epochs() == 0) {
      return Optional.of(report);
    }
    // What the search found shall be there whatever becomes of the trainings.
    job.writeReport(report);
    List<Structure> structures = report.structures();
    monitor.stage(
        Stage.FINE_TUNING, "Training %d structures by themselves".formatted(structures.size()));
    List<FineTunedView> tuned = new FineTuneRun(job, bench).run(structures).structures();
    return tuned.size() < structures.size()
        ? Optional.empty()
        : Optional.of(report.withFineTuned(Reports.effort(monitor.status()), tuned));
  }

  /**
   * PruningNets of a store that homes share are apart from those of this home, which may have other
   * bits.
   */
  private Path pruningNets() {
    return store.pruningNets().isEmpty()
        ? home.pruningNets()
        : home.root()
            .resolve("stores")
            .resolve(Sha256.of(store.place()).substring(0, 12))
            .resolve("pruningnets");
  }

  /** What workers may throw away lies with the job, or else with the service that runs it. */
  private Path scratch() {
    return job.local().map(LocalJob::scratch).orElseGet(() -> home.service().resolve("spark"));
  }

  /** How structures are measured: chosen when a job first starts, then kept. */
  private Optional<EvaluationProtocol> protocol(
      JobPlan plan, TrainedPruningNet trained, Path file) {
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
      JobPlan plan,
      Images images,
      TrainedPruningNet trained,
      EvaluationProtocol protocol,
      GatePolicy policy) {
    try (StructureScorer scorer =
        StructureScorer.of(trained.net(), images.dataset(), images.splits(), protocol)) {
      GateReport report = Gate.check(scorer, GATE_STRUCTURES, plan.streams());
      monitor.note("PruningNet: " + report.text());
      if (!hasSearched(plan)) {
        policy.apply(report, monitor);
      }
      return report;
    }
  }

  /** Whether the gate was passed, or forced, in an earlier run: nobody is asked twice. */
  private boolean hasSearched(JobPlan plan) {
    return inputs.made().begun().contains(SearchFolder.searched(plan, job.search()).name());
  }

  private Optional<JobReport> searched(JobPlan plan, Workers workers, GateReport gate) {
    SearchFolder.Result search;
    SearchFolder.Result random;
    try (EvaluationPool pool = workers.pool(Split.SELECTION)) {
      monitor.stage(
          Stage.SEARCHING,
          "Searching with %s: %d structures"
              .formatted(plan.strategy(), plan.spec().search().budget()));
      search = run(SearchFolder.searched(plan, job.search()), pool, new SearchWatch(monitor, plan));
      if (!search.finished()) {
        return Optional.empty();
      }
      SearchFolder<?> baseline = SearchFolder.random(plan, job.search());
      monitor.stage(
          Stage.CONFIRMING, "Measuring %d random structures".formatted(baseline.budget()));
      random = run(baseline, pool, new ProgressWatch(monitor, baseline.budget()));
    }
    if (!random.finished()) {
      return Optional.empty();
    }
    List<Trial> trials = search.state().history().trials();
    return new Confirming(plan, workers, monitor, stop)
        .run(trials, random.state().history().trials())
        .map(confirmed -> report(plan, gate, search, confirmed));
  }

  private SearchFolder.Result run(
      SearchFolder<?> folder, EvaluationPool pool, SearchListener listener) {
    return folder.run(inputs.identity(), () -> inputs.begin(folder.name()), pool, listener, stop);
  }

  private JobReport report(
      JobPlan plan,
      GateReport gate,
      SearchFolder.Result search,
      List<ConfirmedStructure> confirmed) {
    return Reports.of(
        plan, inputs.made(), monitor.status(), gate, search.state().front(), confirmed);
  }
}
