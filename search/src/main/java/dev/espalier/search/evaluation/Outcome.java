package dev.espalier.search.evaluation;

/**
 * How an evaluation ended. A failure is an outcome like any other: recorded, never in the front.
 */
public sealed interface Outcome {

  /**
   * The structure was measured.
   *
   * @param correct images classified correctly
   * @param images images measured, at least 1
   */
  record Scored(long correct, long images) implements Outcome {

    /** Refuses counts that cannot be. */
    public Scored {
      if (images < 1 || correct < 0 || correct > images) {
        throw new IllegalArgumentException(
            "score: %d correct of %d images is impossible".formatted(correct, images));
      }
    }

    /** Share of images classified correctly, 0 to 1. */
    public double accuracy() {
      return (double) correct / images;
    }

    /** The 95% Wilson interval of the accuracy. */
    public Interval interval() {
      return Interval.wilson(correct, images);
    }
  }

  /**
   * The structure could not be measured.
   *
   * @param kind the class of failure, a bounded set of words for metrics
   * @param reason one line for people
   */
  record Failed(Kind kind, String reason) implements Outcome {

    /** Classes of failure. */
    public enum Kind {
      /** The scores were not numbers. */
      NOT_FINITE,
      /** The evaluation took longer than its limit. */
      TIME_LIMIT,
      /** The evaluation threw an exception. */
      ERROR,
      /** The process that evaluated it was lost, as often as attempts are allowed. */
      LOST
    }
  }
}
