package dev.espalier.worker.failure;

import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed;
import java.util.Locale;
import java.util.concurrent.CancellationException;

/**
 * Says which kind of failure a throwable is, in one line for people. A tensor engine reports that
 * its native memory ran out as an ordinary exception, which is known only by its words.
 */
public final class Failures {

  private static final int LONGEST_REASON = 300;

  private Failures() {}

  /** The outcome that a throwable stands for. */
  public static Outcome.Failed classify(Throwable thrown) {
    if (thrown instanceof EvaluationFailedException elsewhere) {
      return elsewhere.failed();
    }
    if (thrown instanceof TimeLimitException) {
      return new Failed(Failed.Kind.TIME_LIMIT, line(thrown));
    }
    if (thrown instanceof CancellationException) {
      return lost(thrown);
    }
    if (isOutOfMemory(thrown)) {
      return new Failed(
          Failed.Kind.ERROR,
          clip(
              "out of memory: %s. Maybe use a smaller batch size or fewer workers"
                  .formatted(line(thrown))));
    }
    return new Failed(Failed.Kind.ERROR, line(thrown));
  }

  /** The outcome of a candidate whose worker was lost, as often as attempts are allowed. */
  public static Outcome.Failed lost(Throwable thrown) {
    return new Failed(Failed.Kind.LOST, line(thrown));
  }

  private static boolean isOutOfMemory(Throwable thrown) {
    if (thrown instanceof OutOfMemoryError) {
      return true;
    }
    String words = String.valueOf(thrown.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("can't allocate memory")
        || words.contains("not enough memory")
        || words.contains("out of memory");
  }

  private static String line(Throwable thrown) {
    String message = thrown.getMessage();
    String name = thrown.getClass().getSimpleName();
    String first =
        message == null
            ? ""
            : message.lines().map(String::strip).filter(l -> !l.isEmpty()).findFirst().orElse("");
    return clip(first.isEmpty() ? name : name + ": " + first);
  }

  private static String clip(String text) {
    return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON) + "...";
  }
}
