package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.together.TrainingTurn;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.service.file.Folders;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.finetuning.FineTuned;
import dev.espalier.pruningnet.scoring.finetuning.FineTuning;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.space.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * What it takes to train and measure structures of one job.
 *
 * @param plan the job
 * @param images its images
 * @param trained its PruningNet
 * @param protocol how its structures are measured
 * @param epochs passes over the training images
 * @param checkpoints where trainings are kept that were stopped, beside those of other jobs
 * @param screen shows how a training gets on
 * @param stop asks to stop after the step under way
 */
public record FineTuningBench(
    JobPlan plan,
    Images images,
    TrainedPruningNet trained,
    EvaluationProtocol protocol,
    int epochs,
    Path checkpoints,
    JobListener screen,
    BooleanSupplier stop) {

  private static final int STEPS_BETWEEN_CHECKPOINTS = 200;

  /** Where trainings are kept that start from a PruningNet, given its file. */
  public static Path checkpoints(Path pruningNet) {
    return pruningNet.resolveSibling("finetuning");
  }

  /**
   * Does something while no other process trains a structure, and no other job of this process
   * trains anything; empty if asked to stop before.
   */
  <T> Optional<T> alone(Structure structure, Supplier<Optional<T>> work) {
    Optional<ProcessLock> lock =
        ProcessLock.await(
            Folders.make(folder(structure)).resolve("lock"),
            stop,
            () -> screen.note("Waiting: another process trains this structure"));
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ProcessLock mine = lock.get()) {
      Optional<TrainingTurn> turn = TrainingTurn.await(screen, stop);
      if (turn.isEmpty()) {
        return Optional.empty();
      }
      try (TrainingTurn ours = turn.get()) {
        return work.get();
      }
    }
  }

  /** Trains and measures a structure; empty if it was stopped. */
  Optional<FineTunedAnswers> run(Structure structure) {
    FineTuning tuning =
        new FineTuning(
            trained.net(),
            images.dataset(),
            images.splits(),
            FineTuning.briefly(epochs, seed()),
            protocol,
            Teaching.LABELS);
    return tuning
        .run(
            structure,
            Runtime.getRuntime().availableProcessors(),
            new Steps(screen),
            kept(structure),
            stop)
        .map(tuned -> answers(structure, tuned));
  }

  /** The file of the network that a finished training has left. */
  Path result(Structure structure) {
    return FineTuning.result(kept(structure));
  }

  /** Removes the checkpoints of a structure whose result is safe. */
  void forget(Structure structure) {
    kept(structure).delete();
    try {
      Files.deleteIfExists(result(structure));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + result(structure), e);
    }
  }

  private FineTunedAnswers answers(Structure structure, FineTuned tuned) {
    FineTunedView shown =
        new FineTunedView(
            StructureView.of(structure, plan.costs().costs(structure), plan.full()),
            epochs,
            view(generated(structure)),
            view(tuned.selection().score()),
            view(tuned.confirmation().score()),
            view(tuned.test().score()));
    return new FineTunedAnswers(shown, tuned.confirmation().text(), tuned.test().text());
  }

  private ShardScore generated(Structure structure) {
    try (StructureScorer scorer =
            StructureScorer.of(trained.net(), images.dataset(), images.splits(), protocol);
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, () -> {});
    }
  }

  private Checkpoints kept(Structure structure) {
    return new Checkpoints(folder(structure), STEPS_BETWEEN_CHECKPOINTS);
  }

  private Path folder(Structure structure) {
    return checkpoints.resolve("%s-%d".formatted(TunedNetworks.name(structure, epochs), seed()));
  }

  private long seed() {
    return plan.spec().search().seed();
  }

  private static ScoreView view(ShardScore score) {
    return ScoreView.of(new Scored(score.correct(), score.images()));
  }

  /** Shows the steps of one training. */
  private record Steps(JobListener screen) implements TrainingListener {

    @Override
    public void resumed(Path checkpoint, long step) {
      screen.note("Goes on from step %d".formatted(step));
    }

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
