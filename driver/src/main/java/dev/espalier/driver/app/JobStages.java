package dev.espalier.driver.app;

import dev.espalier.driver.app.finetune.OriginalNetwork;
import dev.espalier.driver.app.measure.Workplace;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.plan.StageRules;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.app.train.Architectures;
import dev.espalier.driver.app.train.EpochAccuracy;
import dev.espalier.driver.app.train.PruningNetReplicas;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.app.watch.JobMonitor;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.data.SharedNets;
import dev.espalier.driver.service.process.LocalJob;
import dev.espalier.driver.service.store.Store;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.parallel.Replicas;
import dev.espalier.search.job.JobSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The stages of a job, one after the other, as far as the job asks for them. Each goes on from what
 * it finds of an earlier run; an empty result says that the job was asked to stop.
 */
final class JobStages {

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
    new OriginalNetwork(job, plan).keep(ImportedNetworks.of(home), inputs);
    PruningNetTraining training = images.training(plan);
    Path net = PruningNets.fetched(home, store, training);
    inputs.requireKept(net);
    requireKept(SearchFolder.searched(plan, job.search()));
    requireKept(SearchFolder.random(plan, job.search()));
    return spec.has(JobSpec.Stage.TRAIN) || spec.has(JobSpec.Stage.SEARCH)
        ? train(plan, images, net).flatMap(file -> use(plan, images, file, policy))
        : Optional.of(unsearched(plan));
  }

  /** Searches with a PruningNet, if the job is to search at all. */
  private Optional<JobReport> use(JobPlan plan, Images images, Path file, GatePolicy policy) {
    try (TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space())) {
      inputs.require(JobInputs.PRUNING_NET, trained.digest());
      return spec.has(JobSpec.Stage.SEARCH)
          ? new SearchStages(job, plan, images, inputs, monitor, workplace, scratch(), stop)
              .run(trained, file, policy)
          : Optional.of(unsearched(plan));
    }
  }

  private JobReport unsearched(JobPlan plan) {
    return Reports.of(plan, inputs.made(), monitor.status());
  }

  /** The job with its network's architecture or graph, which is found or looked up once. */
  private Optional<JobSpec> architecture(Images images) {
    StageRules.requireNetwork(spec, inputs.architecture());
    if (inputs.architecture().isEmpty() && Networks.isOpen(spec.network())) {
      Optional<Architectures.Found> found =
          new Architectures(home.architectures(), monitor, stop)
              .find(spec, images, () -> slices(images));
      if (found.isEmpty()) {
        return Optional.empty();
      }
      inputs.found(found.get().architecture(), found.get().first());
      monitor.note("Architecture: " + found.get().architecture());
    } else if (inputs.architecture().isEmpty() && Networks.isImported(spec.network())) {
      // A job that was accepted elsewhere: this home's network of the name is what it gets.
      inputs.found(Networks.resolved(spec, home).network().architecture(), List.of());
    }
    return Optional.of(
        inputs.architecture().isEmpty()
            ? spec
            : spec.withArchitecture(inputs.architecture(), inputs.first()));
  }

  private void requireKept(SearchFolder<?> search) {
    inputs.requireKept(search.name(), search.folder(), search.exists());
  }

  private Optional<Path> train(JobPlan plan, Images images, Path net) {
    StageRules.requirePruningNet(plan.spec(), net);
    PruningNetTraining training = images.training(plan);
    Optional<Path> trained =
        new PruningNets(PruningNets.folder(home, store), monitor, stop)
            .findOrTrain(training, new EpochAccuracy(plan, images), () -> replicas(plan, images));
    if (trained.isPresent() && store.pruningNets().isPresent()) {
      new SharedNets(store.pruningNets().get()).publish(training.digest(), trained.get());
    }
    return trained;
  }

  private SparkSlices slices(Images images) {
    return workplace.slices(spec, images.file(), scratch(), monitor);
  }

  private Replicas replicas(JobPlan plan, Images images) {
    return workplace.replicas(
        plan.spec(), images.file(), PruningNetReplicas.of(plan.spec()), scratch(), monitor);
  }

  /** What workers may throw away lies with the job, or else with the service that runs it. */
  private Path scratch() {
    return job.local().map(LocalJob::scratch).orElseGet(() -> home.service().resolve("spark"));
  }
}
