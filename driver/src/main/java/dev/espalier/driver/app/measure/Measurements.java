package dev.espalier.driver.app.measure;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.worker.evaluate.EvaluateStructure;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import java.time.Duration;
import java.util.Optional;

/**
 * What all evaluations of a job have in common.
 *
 * @param plan the job
 * @param images to measure on
 * @param weights the trained PruningNet
 * @param protocol how to measure
 */
public record Measurements(
    JobPlan plan, Images images, ContentFile weights, EvaluationProtocol protocol) {

  /** The evaluations on one split. */
  public EvaluationContext on(Split split, Optional<CacheAddress> cache) {
    return new EvaluationContext(
        new ScoreInputs(
            plan.networkDigest(),
            weights.digest(),
            images.digest(),
            protocol.digest(),
            EvaluateStructure.VERSION),
        weights,
        images.file(),
        protocol.text(),
        split.name(),
        Duration.ofSeconds(plan.spec().evaluation().timeLimitSeconds()),
        cache);
  }
}
