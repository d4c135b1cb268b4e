package dev.espalier.worker.request;

import java.time.Duration;
import java.util.Optional;

/**
 * What all evaluations of a job have in common. A worker opens it once and then evaluates many
 * candidates in it.
 *
 * @param inputs digests of everything a score depends on, apart from the structure
 * @param weights the file of the weight provider
 * @param dataset the packed images
 * @param protocol the evaluation protocol in its canonical text
 * @param split name of the images to score on
 * @param limit longest time one evaluation may take
 * @param cache where scores are shared, if they are
 */
public record EvaluationContext(
    ScoreInputs inputs,
    ContentFile weights,
    ContentFile dataset,
    String protocol,
    String split,
    Duration limit,
    Optional<CacheAddress> cache) {

  /** Refuses a limit that no evaluation could keep. */
  public EvaluationContext {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "time limit of an evaluation is %s, expected more than nothing".formatted(limit));
    }
  }

  /** The same context with its files at other places. */
  public EvaluationContext withFiles(ContentFile weightsAt, ContentFile datasetAt) {
    return new EvaluationContext(inputs, weightsAt, datasetAt, protocol, split, limit, cache);
  }
}
