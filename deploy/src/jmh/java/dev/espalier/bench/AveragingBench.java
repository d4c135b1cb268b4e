package dev.espalier.bench;

import static dev.espalier.bench.Figures.print;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.config.JobFile;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.gate.Gate;
import dev.espalier.pruningnet.scoring.gate.GateReport;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.parallel.ParallelTraining;
import dev.espalier.search.job.JobSpec;
import java.io.IOException;
import java.nio.file.Path;

/**
 * What averaging costs in accuracy: a PruningNet of ResNet-20 trained on the same images in the
 * same number of epochs by one worker, and by two whose models are averaged after 1, 8 and 32
 * steps; then the widest and five random structures are scored on images that trained none.
 *
 * <p>Arguments: a packed data set, number of training images, epochs, batch.
 */
public final class AveragingBench {

  private static final int SCORED = 2_000;
  private static final int RECALIBRATION = 1_000;
  private static final int STRUCTURES = 5;
  private static final int SCORING_BATCH = 50;
  private static final int[] AVERAGE_EVERY = {1, 8, 32};

  private static final String JOB =
      """
      network: {name: resnet20}
      data: {name: given, splits: {train: %d, selection: %d}}
      pruningNet: {hidden: 8, epochs: %d, batch: %d, training: {workers: %d, averageEvery: %d}}
      evaluation: {master: "local[2,4]"}
      """;

  private final Path folder;
  private final PackedDataset data;
  private final int images;
  private final int epochs;
  private final int batch;

  private AveragingBench(Path folder, PackedDataset data, int images, int epochs, int batch) {
    this.folder = folder;
    this.data = data;
    this.images = images;
    this.epochs = epochs;
    this.batch = batch;
  }

  /** Prints one line for each training. */
  public static void main(String[] arguments) throws IOException {
    try (ScratchFolder folder = ScratchFolder.create()) {
      AveragingBench bench =
          new AveragingBench(
              folder.path(),
              PackedDataset.open(Path.of(arguments[0])),
              Integer.parseInt(arguments[1]),
              Integer.parseInt(arguments[2]),
              Integer.parseInt(arguments[3]));
      print("one worker: %s", bench.accuracy(1, 1));
      for (int averageEvery : AVERAGE_EVERY) {
        print(
            "two workers averaged after %d steps: %s",
            averageEvery, bench.accuracy(2, averageEvery));
      }
    }
  }

  private String accuracy(int workers, int averageEvery) {
    JobSpec spec =
        JobFile.parse(JOB.formatted(images, SCORED, epochs, batch, workers, averageEvery), "bench")
            .spec();
    JobPlan plan = JobPlan.of(spec, data.info());
    Images divided = Images.of(data, spec.data().splits());
    PruningNetTraining training = divided.training(plan);
    try (PruningNet net = training.untrained()) {
      try (Trainer trainer = trainer(training, net, spec)) {
        trainer.train();
      }
      EvaluationProtocol protocol =
          EvaluationProtocol.here(
              RECALIBRATION, SCORING_BATCH, SCORING_BATCH, SCORED, MemoryFormat.CHANNELS_LAST);
      try (StructureScorer scorer =
          StructureScorer.of(net, divided.dataset(), divided.splits(), protocol)) {
        GateReport report = Gate.check(scorer, STRUCTURES, plan.streams());
        return "widest %.1f%%, random structures %.1f%%"
            .formatted(percent(report.widest()), percent(report.randomTotal()));
      }
    }
  }

  private Trainer trainer(PruningNetTraining training, PruningNet net, JobSpec spec) {
    if (spec.pruningNet().training().workers() == 1) {
      return training.trainer(net, 1, TrainingListener.SILENT);
    }
    return ParallelTraining.trainer(
        training, net, LocalReplicas.of(spec, data, folder), TrainingListener.SILENT);
  }

  private static double percent(ShardScore score) {
    return 100.0 * score.correct() / score.images();
  }
}
