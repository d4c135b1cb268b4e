package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.ComparedView;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.report.KendallTau;
import dev.espalier.search.space.Structure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains structures of a job one after the other, each by itself from its generated weights, and
 * measures them. Results are kept in the job's folder, so that none is trained twice.
 *
 * @param home where the job's images and PruningNet are
 * @param screen shows how it gets on
 * @param stop asks to stop after the step under way; any thread may make it true
 */
public record FineTuneRun(Home home, JobListener screen, BooleanSupplier stop) {

  /**
   * What came of it.
   *
   * @param structures those that are done, in the order asked for
   * @param comparisons of the first of them with each of the others
   * @param agreement how far accuracy with generated weights and after training rank them alike, or
   *     null for fewer than two
   */
  public record Result(
      List<FineTunedView> structures,
      List<ComparedView> comparisons,
      @Nullable KendallTau agreement) {

    private static Result of(List<FineTunedAnswers> done) {
      List<FineTunedView> shown = done.stream().map(FineTunedAnswers::shown).toList();
      return new Result(
          shown,
          done.stream().skip(1).map(other -> done.get(0).against(other)).toList(),
          shown.size() < 2
              ? null
              : KendallTau.of(
                  shown.stream().mapToDouble(one -> one.generated().accuracy()).toArray(),
                  shown.stream().mapToDouble(one -> one.confirmation().accuracy()).toArray()));
    }
  }

  /**
   * Trains and measures, from wherever an earlier run was stopped.
   *
   * @param epochs passes over the training images
   * @throws BadInputException if the job has no PruningNet yet
   */
  public Result run(JobView view, List<Structure> structures, int epochs) {
    JobPlan plan = view.plan();
    Images images =
        Images.of(
            DataStore.of(home).forJob(plan.spec().data().name()), plan.spec().data().splits());
    String protocol = view.job().record().protocol();
    Path file = PruningNets.file(home.pruningNets(), images.training(plan));
    if (protocol.isEmpty() || !Files.exists(file)) {
      throw new BadInputException(
          "job %s has no PruningNet yet. Maybe go on with it first: espalier resume %s"
              .formatted(view.job().id(), view.job().id()));
    }
    List<FineTunedAnswers> done = new ArrayList<>();
    try (TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space())) {
      view.requirePruningNet(trained.digest());
      FineTuningBench bench =
          new FineTuningBench(
              plan,
              images,
              trained,
              EvaluationProtocol.parse(protocol),
              epochs,
              file.resolveSibling("finetuning"),
              screen,
              stop);
      for (Structure structure : structures) {
        // Another process may train it now: what is kept is looked at when that has ended.
        Optional<FineTunedAnswers> tuned =
            bench.alone(structure, () -> keptOrTuned(view.job(), structure, bench));
        if (tuned.isEmpty()) {
          break;
        }
        done.add(tuned.get());
      }
    }
    return Result.of(done);
  }

  private Optional<FineTunedAnswers> keptOrTuned(
      JobFolder job, Structure structure, FineTuningBench bench) {
    Folder folder = job.folder().folder("finetuned");
    String name = bench.name(structure) + ".answers.json";
    Optional<FineTunedAnswers> known = folder.readJson(name, FineTunedAnswers.class);
    if (known.isPresent()) {
      return known;
    }
    screen.stage(
        Stage.TRAINING, "Training %s for %d epochs".formatted(structure.id(), bench.epochs()));
    Optional<FineTunedAnswers> tuned = bench.run(structure);
    tuned.ifPresent(
        answers -> {
          folder.writeJson(name, answers);
          bench.forget(structure);
        });
    return tuned;
  }
}
