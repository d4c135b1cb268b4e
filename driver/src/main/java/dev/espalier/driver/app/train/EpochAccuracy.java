package dev.espalier.driver.app.train;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.report.text.Words;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.gate.Gate;
import dev.espalier.pruningnet.scoring.gate.GateReport;
import dev.espalier.pruningnet.tensor.MemoryFormat;

/**
 * Measures a PruningNet between two epochs, as the gate does later, so that people see early
 * whether it learns.
 *
 * @param plan the job
 * @param images to measure on
 */
public record EpochAccuracy(JobPlan plan, Images images) {

  private static final int STRUCTURES = 2;
  private static final int BATCH = 50;

  /** Accuracy of the widest and of random structures, in words. */
  String measure(PruningNet net) {
    EvaluationProtocol protocol =
        EvaluationProtocol.here(
            plan.spec().evaluation().recalibrationImages(),
            BATCH,
            BATCH,
            plan.spec().evaluation().shard(),
            MemoryFormat.CHANNELS_LAST);
    try (StructureScorer scorer =
        StructureScorer.of(net, images.dataset(), images.splits(), protocol)) {
      GateReport report = Gate.check(scorer, STRUCTURES, plan.streams());
      return "accuracy of the widest %s, of random structures %s"
          .formatted(share(report.widest()), share(report.randomTotal()));
    }
  }

  private static String share(ShardScore score) {
    return Words.percent((double) score.correct() / score.images());
  }
}
