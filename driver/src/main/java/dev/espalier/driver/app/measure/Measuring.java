package dev.espalier.driver.app.measure;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.space.Structure;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/** Measures given structures, outside of any search. */
public final class Measuring {

  private static final Duration PATIENCE = Duration.ofMillis(200);

  private Measuring() {}

  /**
   * The score of each structure, in their order; empty if asked to stop before all are there.
   *
   * @param progress told the number of structures measured
   * @throws IllegalStateException if a structure cannot be measured
   */
  public static Optional<List<Scored>> of(
      EvaluationPool pool,
      List<Structure> structures,
      LongConsumer progress,
      BooleanSupplier stop) {
    pool.submit(
        IntStream.range(0, structures.size())
            .mapToObj(i -> new Candidate(i, structures.get(i)))
            .toList());
    Map<Long, Scored> scores = new TreeMap<>();
    try {
      while (scores.size() < structures.size()) {
        if (stop.getAsBoolean()) {
          return Optional.empty();
        }
        for (Evaluation evaluation : pool.take(PATIENCE)) {
          scores.put(evaluation.candidate().index(), score(evaluation));
          progress.accept(scores.size());
        }
      }
      return Optional.of(List.copyOf(scores.values()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while structures were measured", e);
    }
  }

  private static Scored score(Evaluation evaluation) {
    Outcome outcome = evaluation.outcome();
    if (outcome instanceof Scored scored) {
      return scored;
    }
    throw new IllegalStateException(
        "structure %s cannot be measured: %s"
            .formatted(evaluation.candidate().structure(), outcome));
  }
}
