package dev.espalier.worker.scorer;

/**
 * The weights and images of one {@link dev.espalier.worker.request.EvaluationContext}, loaded once
 * in a process and shared by its scorers. Thread-safe.
 */
public interface Scorers extends AutoCloseable {

  /** One more scorer, warmed up: its first structure takes no longer than the next ones. */
  ShardScorer scorer();

  /** Frees the weights and images; called after every scorer was closed. */
  @Override
  void close();
}
