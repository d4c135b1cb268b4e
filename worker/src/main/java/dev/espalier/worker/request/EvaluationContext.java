package dev.espalier.worker.request;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;

/**
 * What all evaluations of a job have in common. A worker opens it once and then evaluates many
 * candidates in it.
 *
 * @param provenance digests of everything a score depends on, apart from the structure
 * @param weights the file of the weight provider
 * @param dataset the packed images
 * @param protocol the evaluation protocol in its canonical text
 * @param split name of the images to score on
 * @param limit longest time one evaluation may take
 * @param cache where scores are shared, if they are
 */
public record EvaluationContext(
    Provenance provenance,
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
    return new EvaluationContext(provenance, weightsAt, datasetAt, protocol, split, limit, cache);
  }

  /**
   * SHA-256 of what scores in this context depend on: equal for two jobs that may share loaded
   * weights and images, wherever the files lie.
   */
  public String digest() {
    String text = String.join("\n", provenance.toString(), protocol, split, limit.toString());
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
