package dev.espalier.worker.process;

import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import dev.espalier.worker.scorer.ShardScorer;
import java.time.Duration;

/**
 * Opens scorers in child processes, one child for each. The same scores as the source's own; a
 * child that ends, or does not answer in the time that an evaluation may take, costs that
 * evaluation and is replaced.
 *
 * @param source opens the scorer in the child
 */
public record ProcessSource(ScorerSource source) implements ScorerSource {

  /** Longest time that a child may take until it is ready. */
  static final Duration LONGEST_START = Duration.ofMinutes(2);

  private static final long serialVersionUID = 1L;

  @Override
  public Scorers open(EvaluationContext context) {
    return new Children(new Frame(Frame.Kind.OPEN, Opening.of(context, source).bytes()));
  }

  @Override
  public Duration recovery() {
    return LONGEST_START;
  }

  private record Children(Frame opening) implements Scorers {

    @Override
    public ShardScorer scorer() {
      return new ProcessScorer(opening);
    }

    @Override
    public void close() {}
  }
}
