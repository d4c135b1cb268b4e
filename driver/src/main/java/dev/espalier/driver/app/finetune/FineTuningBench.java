package dev.espalier.driver.app.finetune;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.together.MadeOnce;
import dev.espalier.driver.app.together.SideBySide;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.driver.spark.slice.SparkSlices;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.finetuning.FineTuning;
import dev.espalier.pruningnet.scoring.finetuning.Teacher;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ContentFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What it takes to train and measure structures of one job, and where trainings lie that were
 * stopped: beside the PruningNet that they start from.
 *
 * @param plan the job, with the settings of the trainings
 * @param images its images
 * @param trained its PruningNet
 * @param file of the PruningNet
 * @param protocol how its structures are measured
 * @param teacher the network that teaches them; null for none
 * @param workers opens the job's workers, for several trainings side by side
 * @param screen shows how trainings get on
 * @param stop asks to stop after the step under way
 */
public record FineTuningBench(
    JobPlan plan,
    Images images,
    TrainedPruningNet trained,
    Path file,
    EvaluationProtocol protocol,
    @Nullable ContentFile teacher,
    Supplier<SparkSlices> workers,
    JobListener screen,
    BooleanSupplier stop) {

  /** The same with other settings of the trainings. */
  FineTuningBench with(JobSpec.FineTune settings) {
    JobPlan other =
        new JobPlan(
            plan.spec().with(settings),
            plan.data(),
            plan.space(),
            plan.costs(),
            plan.constraints(),
            plan.streams());
    return new FineTuningBench(
        other, images, trained, file, protocol, teacher, workers, screen, stop);
  }

  /** The same with a network that teaches. */
  FineTuningBench taughtBy(Path network) {
    return new FineTuningBench(
        plan,
        images,
        trained,
        file,
        protocol,
        new ContentFile(Teacher.contentDigest(network), network),
        workers,
        screen,
        stop);
  }

  /** How structures are trained. */
  JobSpec.FineTune settings() {
    return plan.spec().fineTune();
  }

  /**
   * Has a structure trained by one process at a time.
   *
   * @param isKept whether its result is safe
   */
  MadeOnce made(Structure structure, BooleanSupplier isKept) {
    return new MadeOnce(
        folder(structure),
        isKept,
        "Taking %s as it was trained before".formatted(structure.id()),
        "Waiting: another process trains this structure");
  }

  /** Trains and measures a structure with all cores of this process; empty if it was stopped. */
  Optional<FineTunedAnswers> alone(Structure structure) {
    return new StructureTuner(
            plan, images, trained.net(), protocol, teacher == null ? null : teacher.path())
        .run(
            structure,
            folder(structure),
            Runtime.getRuntime().availableProcessors(),
            new TuningWatch(screen, screen::note),
            stop);
  }

  /**
   * Trains and measures structures on workers, with one core each; what they leave stays there.
   *
   * @param kept how many others are trained already
   */
  SideBySide.Ended sideBySide(List<Structure> structures, int kept) {
    // Another job that measures in another way may have left some.
    structures.forEach(structure -> delete(folder(structure).resolve(TuningRun.ANSWERS)));
    String job = JobFile.canonical(plan.spec());
    try (SparkSlices slices = workers.get()) {
      WorkerFile net = slices.share(new ContentFile(trained.digest(), file));
      WorkerFile taughtBy = teacher == null ? null : slices.share(teacher);
      List<SideBySide.Run> runs =
          structures.stream()
              .map(
                  structure ->
                      new SideBySide.Run(
                          structure.id(),
                          new TuningRun(job, structure.toString(), protocol.text(), net, taughtBy),
                          folder(structure)))
              .toList();
      return new SideBySide("structures", screen, stop)
          .run(runs, kept, StructureTuner.steps(plan, images), slices);
    }
  }

  /** What a training on a worker has left at its end; empty if it is not there yet. */
  Optional<FineTunedAnswers> left(Structure structure) {
    return Folder.of(folder(structure)).readJson(TuningRun.ANSWERS, FineTunedAnswers.class);
  }

  /** The file of the network that a finished training has left. */
  Path result(Structure structure) {
    return FineTuning.result(StructureTuner.checkpoints(folder(structure)));
  }

  /** Removes the files of a structure whose result is safe. */
  void forget(Structure structure) {
    StructureTuner.checkpoints(folder(structure)).delete();
    delete(folder(structure).resolve(TuningRun.ANSWERS));
    delete(result(structure));
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot remove " + file, e);
    }
  }

  private Path folder(Structure structure) {
    return file.resolveSibling("finetuning")
        .resolve(
            "%s-%d%s"
                .formatted(
                    TunedNetworks.name(structure, settings()),
                    plan.spec().search().seed(),
                    teacher == null ? "" : "-" + teacher.digest().substring(0, 16)));
  }
}
