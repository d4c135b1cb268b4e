package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.train.PruningNets;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.finetuning.FineTuned;
import dev.espalier.pruningnet.scoring.finetuning.FineTuning;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.evaluation.Outcome.Scored;
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
 * @param home where the job lives
 * @param screen shows how it gets on
 * @param stop asks to stop after the structure under way; any thread may make it true
 */
public record FineTuneRun(Home home, JobListener screen, BooleanSupplier stop) {

  /**
   * What came of it.
   *
   * @param structures those that are done, in the order asked for
   * @param agreement how far accuracy with generated weights and after training rank them alike, or
   *     null for fewer than two
   */
  public record Result(List<FineTunedView> structures, @Nullable KendallTau agreement) {}

  /**
   * Trains and measures.
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
    List<FineTunedView> done = new ArrayList<>();
    try (TrainedPruningNet trained = TrainedPruningNet.load(file, plan.space())) {
      new JobInputs(view.job()).require(JobInputs.PRUNING_NET, trained.digest());
      Bench bench = new Bench(plan, images, trained, EvaluationProtocol.parse(protocol), epochs);
      for (Structure structure : structures) {
        if (stop.getAsBoolean()) {
          break;
        }
        done.add(kept(view.job(), structure, bench));
      }
    }
    return new Result(List.copyOf(done), agreement(done));
  }

  private FineTunedView kept(JobFolder job, Structure structure, Bench bench) {
    Folder folder = job.folder().folder("finetuned");
    String name = "%s-%d.json".formatted(structure.digest().substring(0, 16), bench.epochs());
    Optional<FineTunedView> known = folder.readJson(name, FineTunedView.class);
    if (known.isPresent()) {
      return known.get();
    }
    screen.stage(
        Stage.TRAINING, "Training %s for %d epochs".formatted(structure.id(), bench.epochs()));
    FineTunedView result = bench.run(structure, screen);
    folder.writeJson(name, result);
    return result;
  }

  private static @Nullable KendallTau agreement(List<FineTunedView> done) {
    return done.size() < 2
        ? null
        : KendallTau.of(
            done.stream().mapToDouble(one -> one.generated().accuracy()).toArray(),
            done.stream().mapToDouble(one -> one.confirmation().accuracy()).toArray());
  }

  /** What it takes to train and measure one structure. */
  private record Bench(
      JobPlan plan,
      Images images,
      TrainedPruningNet trained,
      EvaluationProtocol protocol,
      int epochs) {

    FineTunedView run(Structure structure, JobListener screen) {
      FineTuning tuning =
          new FineTuning(
              trained.net(),
              images.dataset(),
              images.splits(),
              FineTuning.briefly(epochs, plan.spec().search().seed()),
              protocol);
      FineTuned tuned =
          tuning.run(structure, Runtime.getRuntime().availableProcessors(), new Steps(screen));
      return new FineTunedView(
          StructureView.of(structure, plan.costs().costs(structure), plan.full()),
          epochs,
          view(generated(structure)),
          view(tuned.selection()),
          view(tuned.confirmation()),
          view(tuned.test()));
    }

    private ShardScore generated(Structure structure) {
      try (StructureScorer scorer =
              StructureScorer.of(trained.net(), images.dataset(), images.splits(), protocol);
          NetworkEvaluation evaluation = scorer.prepare(structure)) {
        return evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, () -> {});
      }
    }

    private static ScoreView view(ShardScore score) {
      return ScoreView.of(new Scored(score.correct(), score.images()));
    }
  }

  /** Shows the steps of one training. */
  private record Steps(JobListener screen) implements TrainingListener {

    @Override
    public void step(Step step) {
      screen.progress(
          new Progress(
              (long) step.epoch() * step.steps() + step.step() + 1,
              (long) step.epochs() * step.steps(),
              "steps",
              "loss %.3f".formatted(step.loss())));
    }
  }
}
