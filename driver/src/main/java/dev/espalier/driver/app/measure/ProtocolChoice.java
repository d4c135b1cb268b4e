package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.ProcessLock;
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
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Chooses how the structures of a job are measured, when the job first starts. */
public final class ProtocolChoice {

  private static final Duration TUNING = Duration.ofSeconds(20);

  private ProtocolChoice() {}

  /**
   * As the job says, or else what is fastest here. Jobs over one PruningNet keep to one choice, as
   * they can share only scores made alike: it is kept in a file beside the PruningNet's. One job at
   * a time measures, as two would disturb each other. Empty if asked to stop.
   *
   * @param net of the job
   * @param file of the PruningNet
   * @param waiting told if another job is measuring already
   */
  public static Optional<EvaluationProtocol> of(
      JobPlan plan, PruningNet net, Path file, BooleanSupplier stop, Runnable waiting) {
    EvaluationSpec asked = plan.spec().evaluation();
    if (asked.batch() > 0) {
      return Optional.of(
          EvaluationProtocol.here(
              asked.recalibrationImages(),
              asked.batch(),
              asked.batch(),
              asked.shard(),
              MemoryFormat.CHANNELS_LAST));
    }
    Path shared =
        file.resolveSibling(
            "%s.protocol-%d-%d-%s"
                .formatted(
                    file.getFileName(),
                    asked.recalibrationImages(),
                    asked.shard(),
                    Torch.version()));
    Optional<ProcessLock> lock =
        ProcessLock.await(file.resolveSibling("protocol.lock"), stop, waiting);
    if (lock.isEmpty()) {
      return Optional.empty();
    }
    try (ProcessLock mine = lock.get()) {
      if (!Files.exists(shared)) {
        AtomicFile.write(shared, tune(plan, net).text());
      }
    }
    return Optional.of(EvaluationProtocol.parse(AtomicFile.read(shared)));
  }

  private static EvaluationProtocol tune(JobPlan plan, PruningNet net) {
    EvaluationSpec asked = plan.spec().evaluation();
    return ProtocolTuner.tune(
        net, typical(plan), asked.recalibrationImages(), asked.shard(), TUNING);
  }

  /** A structure of about half the MACs. */
  private static Structure typical(JobPlan plan) {
    return UniformWidth.closest(
            plan.space(), plan.costs(), Constraints.NONE, plan.full().macs() / 2)
        .orElse(plan.space().widest());
  }
}
