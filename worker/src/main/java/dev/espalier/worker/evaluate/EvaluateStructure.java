package dev.espalier.worker.evaluate;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StatisticsBytes;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.cache.ScoreKeys;
import dev.espalier.worker.failure.Failures;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.ShardScorer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;

/**
 * Measures one candidate after another in a context. Shards whose score is in the store are not
 * scored again, statistics that are in the store are not made again, and a structure whose shards
 * are all there needs no weights. Every score is put into the store as soon as it is known, so an
 * evaluation that is broken off is not begun again from nothing.
 *
 * <p>Whatever goes wrong becomes an {@link Outcome.Failed}. Used by one thread at a time.
 */
public final class EvaluateStructure implements AutoCloseable {

  /** Version of what a score means: part of every key, to be raised when the meaning changes. */
  public static final String VERSION = "1";

  private final EvaluationContext context;
  private final ShardScorer scorer;
  private final ScoreStore store;
  private final ScoreKeys keys;
  private final LongSupplier nanoTime;

  /** An evaluator that owns the scorer, and only uses the store. */
  public EvaluateStructure(EvaluationContext context, ShardScorer scorer, ScoreStore store) {
    this(context, scorer, store, System::nanoTime);
  }

  EvaluateStructure(
      EvaluationContext context, ShardScorer scorer, ScoreStore store, LongSupplier nanoTime) {
    this.context = context;
    this.scorer = scorer;
    this.store = store;
    this.keys = new ScoreKeys(context.inputs());
    this.nanoTime = nanoTime;
  }

  /**
   * Measures a candidate.
   *
   * @param cancelled asked between batches and shards, beside the time limit of the context
   */
  public EvaluationReport evaluate(Candidate candidate, Checkpoint cancelled) {
    Deadline deadline = Deadline.after(context.limit(), nanoTime);
    Checkpoint checkpoint =
        () -> {
          cancelled.check();
          deadline.check();
        };
    Measurement measurement = new Measurement(candidate.structure(), checkpoint);
    Outcome outcome = measurement.outcome();
    return new EvaluationReport(
        new Evaluation(candidate, outcome, deadline.elapsed(), measurement.cachedImages),
        measurement.clock.times(),
        measurement.hits,
        measurement.misses);
  }

  /** Closes the scorer. */
  @Override
  public void close() {
    scorer.close();
  }

  /** What is known of one structure while it is measured. */
  private final class Measurement {

    private final Structure structure;
    private final Checkpoint checkpoint;
    private final StageClock clock = new StageClock(nanoTime);
    private final List<ShardScore> scores = new ArrayList<>();
    private int hits;
    private int misses;
    private long cachedImages;

    Measurement(Structure structure, Checkpoint checkpoint) {
      this.structure = structure;
      this.checkpoint = checkpoint;
    }

    // Errors too: a heap or a native memory that runs out while one large structure is measured
    // must not end the process of all the others.
    @SuppressWarnings("CatchingUnchecked")
    Outcome outcome() {
      try {
        checkpoint.check();
        Map<Integer, String> missing = takeCached();
        if (!missing.isEmpty()) {
          score(missing);
        }
        return scores.stream().reduce(ShardScore::plus).orElseThrow().outcome();
      } catch (Throwable thrown) {
        return Failures.classify(thrown);
      }
    }

    /** Takes the scores that the store has; the keys of the other shards are left. */
    private Map<Integer, String> takeCached() {
      Map<Integer, String> missing = new TreeMap<>();
      for (int shard = 0; shard < scorer.shards(); shard++) {
        missing.put(shard, keys.shard(structure, context.split(), shard));
      }
      Map<String, byte[]> found = store.getAll(Set.copyOf(missing.values()));
      missing
          .values()
          .removeIf(
              key -> {
                Optional<ShardScore> cached =
                    Optional.ofNullable(found.get(key)).flatMap(ShardScoreBytes::parse);
                cached.ifPresent(this::addCached);
                return cached.isPresent();
              });
      misses += missing.size();
      return missing;
    }

    private void addCached(ShardScore score) {
      scores.add(score);
      hits++;
      cachedImages += score.images();
    }

    private void score(Map<Integer, String> missing) {
      try (PreparedStructure prepared =
          clock.time(Stage.GENERATE, () -> scorer.prepare(structure, checkpoint))) {
        Statistics statistics = statistics(prepared);
        missing.forEach(
            (shard, key) -> {
              checkpoint.check();
              ShardScore score =
                  clock.time(Stage.SCORE, () -> prepared.score(statistics, shard, checkpoint));
              store.putAll(Map.of(key, ShardScoreBytes.of(score)));
              scores.add(score);
            });
      }
    }

    private Statistics statistics(PreparedStructure prepared) {
      checkpoint.check();
      String key = keys.statistics(structure);
      Optional<Statistics> cached =
          Optional.ofNullable(store.getAll(Set.of(key)).get(key)).flatMap(StatisticsBytes::parse);
      if (cached.isPresent()) {
        hits++;
        return cached.get();
      }
      misses++;
      Statistics made = clock.time(Stage.RECALIBRATE, () -> prepared.recalibrate(checkpoint));
      store.putAll(Map.of(key, StatisticsBytes.of(made)));
      return made;
    }
  }
}
