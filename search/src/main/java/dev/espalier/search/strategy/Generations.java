package dev.espalier.search.strategy;

import dev.espalier.search.evaluation.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What a strategy of overlapping generations has learned. Proposal i belongs to generation i / n.
 * The parents of a generation are chosen from the survivors of the generation before the last and
 * the scored trials of the last generation <em>as far as they have been told</em>; trials of the
 * generation itself wait for the next. If all of the last generation has been told when this one
 * begins (a window of 1), this is the textbook's algorithm; otherwise its first proposals know a
 * little less, and no worker ever waits for a generation to end.
 *
 * <p>Immutable.
 *
 * @param first index of the current generation's first proposal
 * @param base survivors of the generation before the last, best first
 * @param last scored trials of the last generation
 * @param current scored trials of the current generation
 * @param parents survivors of {@code base} and {@code last} together, best first
 */
public record Generations(
    long first, List<Trial> base, List<Trial> last, List<Trial> current, List<Trial> parents) {

  /** Before the first generation. */
  public static final Generations NONE =
      new Generations(0, List.of(), List.of(), List.of(), List.of());

  /** Copies the lists. */
  public Generations {
    base = List.copyOf(base);
    last = List.copyOf(last);
    current = List.copyOf(current);
    parents = List.copyOf(parents);
  }

  /** The state in which proposal {@code index} is made, for generations of {@code size}. */
  Generations at(long index, int size, UnaryOperator<List<Trial>> survival) {
    if (index == first || index % size != 0) {
      return this;
    }
    return of(index, parents, current, List.of(), survival);
  }

  /** The state after a trial; a failed one teaches nothing. */
  Generations plus(Trial trial, UnaryOperator<List<Trial>> survival) {
    if (!trial.scored()) {
      return this;
    }
    if (trial.index() < first) {
      return of(first, base, join(last, List.of(trial)), current, survival);
    }
    return new Generations(first, base, last, join(current, List.of(trial)), parents);
  }

  private static Generations of(
      long first,
      List<Trial> base,
      List<Trial> last,
      List<Trial> current,
      UnaryOperator<List<Trial>> survival) {
    return new Generations(first, base, last, current, survival.apply(join(base, last)));
  }

  private static List<Trial> join(List<Trial> head, List<Trial> tail) {
    List<Trial> joined = new ArrayList<>(head);
    joined.addAll(tail);
    return joined;
  }
}
