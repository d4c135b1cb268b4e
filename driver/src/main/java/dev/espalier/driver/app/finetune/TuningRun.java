package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.together.Heard;
import dev.espalier.driver.app.together.Told;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.driver.spark.slice.SlicedWork;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.finetuning.Teacher;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The training of one of a job's structures, on a worker.
 *
 * @param job the job in its canonical text, with the settings of this training
 * @param genes of the structure
 * @param protocol how it is measured, in its canonical text
 * @param net the job's PruningNet
 * @param teacher the network that teaches it; null for none
 */
record TuningRun(
    String job, String genes, String protocol, WorkerFile net, @Nullable WorkerFile teacher)
    implements SlicedWork<Told> {

  private static final long serialVersionUID = 1;

  /** What it leaves beside the network, at the end. */
  static final String ANSWERS = "answers.json";

  /** A worker is one core. */
  private static final int THREADS = 1;

  @Override
  public Told slice(ContentFile dataset, Path folder, BooleanSupplier pause) {
    JobSpec spec = JobFile.parse(job, "job").spec();
    PackedDataset data = PackedDataset.open(dataset.path());
    dataset.require(data.info().digest());
    JobPlan plan = JobPlan.of(spec, data.info());
    ContentFile weights = net.place();
    Heard heard = new Heard();
    try (TrainedPruningNet trained = TrainedPruningNet.load(weights.path(), plan.space())) {
      weights.require(trained.digest());
      StructureTuner tuner =
          new StructureTuner(
              plan,
              Images.of(data, spec.data().splits()),
              trained.net(),
              EvaluationProtocol.parse(protocol),
              taughtBy());
      return heard.slice(() -> run(tuner, folder, heard, pause));
    }
  }

  /**
   * The file of the teacher; null for none.
   *
   * @throws dev.espalier.search.job.BadInputException if another one lies in its place
   */
  @Nullable Path taughtBy() {
    if (teacher == null) {
      return null;
    }
    ContentFile placed = teacher.place();
    placed.require(Teacher.contentDigest(placed.path()));
    return placed.path();
  }

  private Optional<FineTunedAnswers> run(
      StructureTuner tuner, Path folder, Heard heard, BooleanSupplier pause) {
    Optional<FineTunedAnswers> answers =
        tuner.run(
            Structure.parse(genes), folder, THREADS, new TuningWatch(heard, heard::resumed), pause);
    answers.ifPresent(each -> Folder.of(folder).writeJson(ANSWERS, each));
    return answers;
  }

  @Override
  public String toString() {
    return "the training of structure " + genes;
  }
}
