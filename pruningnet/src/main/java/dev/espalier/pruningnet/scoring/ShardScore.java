package dev.espalier.pruningnet.scoring;

import dev.espalier.search.evaluation.Outcome;

/**
 * The score of some images, a shard or several added up.
 *
 * @param correct images classified correctly
 * @param images images measured, at least 1
 * @param notFinite images without a score, because it was not a number; none of them is correct
 */
public record ShardScore(long correct, long images, long notFinite) {

  /** Refuses counts that cannot be. */
  public ShardScore {
    if (images < 1 || correct < 0 || notFinite < 0 || correct + notFinite > images) {
      throw new IllegalArgumentException(
          "shard: %d correct and %d not finite of %d images is impossible"
              .formatted(correct, notFinite, images));
    }
  }

  /** Both together. */
  public ShardScore plus(ShardScore other) {
    return new ShardScore(
        correct + other.correct, images + other.images, notFinite + other.notFinite);
  }

  /** What is to be recorded: a score, or a failure if any image has none. */
  public Outcome outcome() {
    return notFinite == 0
        ? new Outcome.Scored(correct, images)
        : new Outcome.Failed(
            Outcome.Failed.Kind.NOT_FINITE,
            "%d of %d images have scores that are not numbers".formatted(notFinite, images));
  }
}
