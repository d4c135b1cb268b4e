package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.app.train.TrainingTurn;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.FineTunedReport;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.Structure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains structures of a job one after the other, each by itself from its generated weights, and
 * measures them. Results are kept in the job's folder, so that none is trained twice.
 *
 * @param job where results are kept
 * @param plan what the job means
 * @param images its images
 * @param screen shows how it gets on
 * @param stop asks to stop after the step under way; any thread may make it true
 */
public record FineTuneRun(
    JobFolder job, JobPlan plan, Images images, JobListener screen, BooleanSupplier stop) {

  /** For a job of a home. */
  public static FineTuneRun of(
      Home home, JobFolder job, JobPlan plan, JobListener screen, BooleanSupplier stop) {
    Images images =
        Images.of(
            DataStore.of(home).forJob(plan.spec().data().name()), plan.spec().data().splits());
    return new FineTuneRun(job, plan, images, screen, stop);
  }

  /**
   * Trains and measures, from wherever an earlier run was stopped.
   *
   * @param pruningNets where PruningNets are kept
   * @param epochs passes over the training images
   * @return what came of it, with fewer structures than asked for if it was stopped
   * @throws BadInputException if the job has no PruningNet yet, or another one than at first
   */
  public FineTunedReport run(Path pruningNets, List<Structure> structures, int epochs) {
    Path file = PruningNets.file(pruningNets, images.training(plan));
    if (job.record().protocol().isEmpty() || !Files.exists(file)) {
      throw new BadInputException(
          "job %s has no PruningNet yet. Maybe go on with it first: espalier resume %s"
              .formatted(job.id(), job.id()));
    }
    try (TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space())) {
      new JobInputs(job).require(JobInputs.PRUNING_NET, trained.digest());
      return run(trained, file, structures, epochs);
    }
  }

  /**
   * The same with the job's PruningNet.
   *
   * @param file where it is
   */
  public FineTunedReport run(
      TrainedPruningNet trained, Path file, List<Structure> structures, int epochs) {
    return run(bench(trained, file, epochs), structures);
  }

  private FineTuningBench bench(TrainedPruningNet trained, Path file, int epochs) {
    return new FineTuningBench(
        plan,
        images,
        trained,
        EvaluationProtocol.parse(job.record().protocol()),
        epochs,
        file.resolveSibling("finetuning"),
        screen,
        stop);
  }

  private FineTunedReport run(FineTuningBench bench, List<Structure> structures) {
    List<FineTunedAnswers> done = new ArrayList<>();
    for (Structure structure : structures) {
      String place = "%d of %d".formatted(done.size() + 1, structures.size());
      // Another process may train it now: what is kept is looked at when that has ended.
      Optional<FineTunedAnswers> tuned =
          bench.alone(structure, () -> keptOrTuned(structure, place, bench));
      if (tuned.isEmpty()) {
        break;
      }
      done.add(tuned.get());
    }
    return FineTunedAnswers.report(done);
  }

  private Optional<FineTunedAnswers> keptOrTuned(
      Structure structure, String place, FineTuningBench bench) {
    Folder folder = job.folder().folder("finetuned");
    String name = bench.name(structure) + ".answers.json";
    Optional<FineTunedAnswers> known = folder.readJson(name, FineTunedAnswers.class);
    if (known.isPresent()) {
      return known;
    }
    Optional<FineTunedAnswers> tuned = tuneInTurn(structure, place, bench);
    tuned.ifPresent(
        answers -> {
          folder.writeJson(name, answers);
          bench.forget(structure);
        });
    return tuned;
  }

  private Optional<FineTunedAnswers> tuneInTurn(
      Structure structure, String place, FineTuningBench bench) {
    Optional<TrainingTurn> turn = TrainingTurn.await(screen, stop);
    if (turn.isEmpty()) {
      return Optional.empty();
    }
    try (TrainingTurn mine = turn.get()) {
      screen.stage(
          Stage.FINETUNING,
          "Training %s for %d epochs, %s".formatted(structure.id(), bench.epochs(), place));
      return bench.run(structure);
    }
  }
}
