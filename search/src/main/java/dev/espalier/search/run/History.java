package dev.espalier.search.run;

import dev.espalier.search.evaluation.Trial;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The trials of a search in the order of proposal. Adding one makes a new history that shares the
 * old one, in constant time.
 *
 * <p>Immutable and thread-safe.
 */
public final class History {

  private static final History EMPTY = new History(null, null, 0);

  private final @Nullable History before;
  private final @Nullable Trial last;
  private final int size;

  private History(@Nullable History before, @Nullable Trial last, int size) {
    this.before = before;
    this.last = last;
    this.size = size;
  }

  /** The history of a search that has learned nothing yet. */
  public static History empty() {
    return EMPTY;
  }

  /** This history and one more trial. */
  public History plus(Trial trial) {
    return new History(this, trial, size + 1);
  }

  /** Number of trials. */
  public int size() {
    return size;
  }

  /** All trials, the first one first. */
  public List<Trial> trials() {
    Trial[] trials = new Trial[size];
    for (History at = this; at.last != null && at.before != null; at = at.before) {
      trials[at.size - 1] = at.last;
    }
    return Arrays.asList(trials);
  }
}
