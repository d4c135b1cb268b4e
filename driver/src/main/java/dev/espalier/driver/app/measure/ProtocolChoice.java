package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.service.AtomicFile;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.ProtocolTuner;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.UniformWidth;
import dev.espalier.search.job.EvaluationSpec;
import dev.espalier.search.space.Structure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Chooses how the structures of a job are measured, when the job first starts. */
public final class ProtocolChoice {

  private static final Duration TUNING = Duration.ofSeconds(20);

  private ProtocolChoice() {}

  /**
   * As the job says, or else what is fastest here. Jobs over one PruningNet keep to one choice, as
   * they can share only scores made alike: it is kept in a file beside the PruningNet's.
   *
   * @param net of the job
   * @param file of the PruningNet
   */
  public static EvaluationProtocol of(JobPlan plan, PruningNet net, Path file) {
    EvaluationSpec asked = plan.spec().evaluation();
    if (asked.batch() > 0) {
      return EvaluationProtocol.here(
          asked.recalibrationImages(),
          asked.batch(),
          asked.batch(),
          asked.shard(),
          MemoryFormat.CHANNELS_LAST);
    }
    Path shared =
        file.resolveSibling(
            "%s.protocol-%d-%d-%s"
                .formatted(
                    file.getFileName(),
                    asked.recalibrationImages(),
                    asked.shard(),
                    Torch.version()));
    if (!Files.exists(shared)) {
      EvaluationProtocol tuned =
          ProtocolTuner.tune(
              net, typical(plan), asked.recalibrationImages(), asked.shard(), TUNING);
      AtomicFile.write(shared, tuned.text());
    }
    return EvaluationProtocol.parse(AtomicFile.read(shared));
  }

  /** A structure of about half the MACs. */
  private static Structure typical(JobPlan plan) {
    return UniformWidth.closest(
            plan.space(), plan.costs(), Constraints.NONE, plan.full().macs() / 2)
        .orElse(plan.space().widest());
  }
}
