package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.finetuning.FineTuned;
import dev.espalier.pruningnet.scoring.finetuning.FineTuning;
import dev.espalier.pruningnet.scoring.finetuning.Teacher;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.optimizer.Distillation;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Trains and measures structures of a job, as its plan says, wherever that is done.
 *
 * @param plan the job
 * @param images its images
 * @param net its PruningNet
 * @param protocol how its structures are measured
 * @param teacher file of the network that teaches them; null unless the plan has one teach
 */
record StructureTuner(
    JobPlan plan,
    Images images,
    PruningNet net,
    EvaluationProtocol protocol,
    @Nullable Path teacher) {

  private static final int STEPS_BETWEEN_CHECKPOINTS = 200;

  /** The checkpoints of a training in its folder. */
  static Checkpoints checkpoints(Path folder) {
    return new Checkpoints(folder, STEPS_BETWEEN_CHECKPOINTS);
  }

  /** The steps of one training of a job. */
  static long steps(JobPlan plan, Images images) {
    return Course.of(images.trainingData(), training(plan), 1).steps();
  }

  /**
   * Trains and measures a structure, from wherever an earlier run was.
   *
   * @param folder of this training alone; {@link FineTuning#result} is there at the end
   * @param threads of the engine while it trains
   * @param stop true stops after the step under way
   * @return empty if it was stopped
   */
  Optional<FineTunedAnswers> run(
      Structure structure,
      Path folder,
      int threads,
      TrainingListener listener,
      BooleanSupplier stop) {
    if (teacher == null) {
      return run(structure, folder, threads, listener, stop, Teaching.LABELS);
    }
    JobSpec.Distillation asked = settings().distillation();
    Distillation distillation = new Distillation(asked.weight(), asked.temperature());
    try (Teacher open = Teacher.open(teacher, images.dataset().info(), distillation)) {
      return run(structure, folder, threads, listener, stop, open);
    }
  }

  private Optional<FineTunedAnswers> run(
      Structure structure,
      Path folder,
      int threads,
      TrainingListener listener,
      BooleanSupplier stop,
      Teaching teaching) {
    return new FineTuning(
            net, images.dataset(), images.splits(), training(plan), protocol, teaching)
        .run(structure, threads, listener, checkpoints(folder), stop)
        .map(tuned -> answers(structure, tuned));
  }

  private FineTunedAnswers answers(Structure structure, FineTuned tuned) {
    FineTunedView shown =
        new FineTunedView(
            StructureView.of(structure, plan.costs().costs(structure), plan.full()),
            settings().epochs(),
            settings().distillation().teaches() ? settings().distillation() : null,
            view(generated(structure)),
            view(tuned.selection().score()),
            view(tuned.confirmation().score()),
            view(tuned.test().score()));
    return new FineTunedAnswers(shown, tuned.confirmation().text(), tuned.test().text());
  }

  private ShardScore generated(Structure structure) {
    try (StructureScorer scorer =
            StructureScorer.of(net, images.dataset(), images.splits(), protocol);
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, () -> {});
    }
  }

  private JobSpec.FineTune settings() {
    return plan.spec().fineTune();
  }

  private static TrainingSettings training(JobPlan plan) {
    return FineTuning.briefly(plan.spec().fineTune().epochs(), plan.spec().search().seed());
  }

  /** A score as reports show it. */
  static ScoreView view(ShardScore score) {
    return ScoreView.of(new Scored(score.correct(), score.images()));
  }
}
