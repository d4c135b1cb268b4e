package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.EvaluationPool;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import dev.espalier.worker.evaluate.OneAttempt;
import dev.espalier.worker.process.ProcessSource;
import dev.espalier.worker.request.CacheAddress;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.PruningNetSourceOfTests;
import dev.espalier.worker.scorer.ScorerSource;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Scores of a real PruningNet, from Spark's workers. */
final class SparkPruningNetTest {

  private static final ScorerSource SOURCE = new PruningNetSourceOfTests();

  @TempDir static Path folder;
  private static List<Structure> structures;

  @BeforeAll
  static void chooseStructures() {
    SearchSpace space = PruningNetSourceOfTests.space(context(Optional.empty()));
    RandomGenerator random = new RandomStreams(1).stream("structures", 0);
    structures =
        Stream.concat(
                Stream.of(space.narrowest()), Stream.generate(() -> space.random(random)).limit(3))
            .toList();
  }

  @Test
  void take_oneWorkerOrTwoOrProcesses_givesTheSameScores() throws InterruptedException {
    Map<Structure, Outcome> one = scores("local[1,4]", Optional.empty()).outcomes();
    Map<Structure, Outcome> two = scores("local[2,4]", Optional.empty()).outcomes();
    Map<Structure, Outcome> processes =
        scores("local[2,4]", Optional.empty(), new ProcessSource(SOURCE)).outcomes();

    assertThat(one.values()).hasSize(4).allMatch(Outcome.Scored.class::isInstance);
    assertThat(two).isEqualTo(one);
    assertThat(processes).isEqualTo(one);
  }

  @Test
  void take_scoresOfAnotherProcess_areSharedThroughTheCache() throws InterruptedException {
    Path kept = folder.resolve("cache");
    Scores first;
    try (Cache cache = Cache.open(kept, CacheSettings.LOOPBACK)) {
      first = scores("local[2,4]", cache.address());
    }
    try (Cache cache = Cache.open(kept, CacheSettings.LOOPBACK)) {
      Scores second = scores("local[2,4]", cache.address());

      assertThat(first.cachedImages()).isZero();
      assertThat(second.cachedImages()).isEqualTo(4 * 25);
      assertThat(second.outcomes()).isEqualTo(first.outcomes());
    }
  }

  private record Scores(Map<Structure, Outcome> outcomes, long cachedImages) {}

  private static Scores scores(String master, Optional<CacheAddress> cache)
      throws InterruptedException {
    return scores(master, cache, SOURCE);
  }

  private static Scores scores(String master, Optional<CacheAddress> cache, ScorerSource source)
      throws InterruptedException {
    try (JavaSparkContext spark =
            SparkContexts.start(new SparkSettings(master, folder.resolve("spark")));
        EvaluationPool pool =
            new OneAttempt(SparkAttemptPool.open(spark, context(cache), source, report -> {}))) {
      List<Candidate> candidates = new ArrayList<>();
      structures.forEach(s -> candidates.add(new Candidate(candidates.size(), s)));
      pool.submit(candidates);
      Map<Structure, Outcome> outcomes = new HashMap<>();
      long cachedImages = 0;
      while (outcomes.size() < structures.size()) {
        for (Evaluation evaluation : pool.take(Duration.ofSeconds(1))) {
          outcomes.put(evaluation.candidate().structure(), evaluation.outcome());
          cachedImages += evaluation.cachedImages();
        }
      }
      return new Scores(outcomes, cachedImages);
    }
  }

  private static EvaluationContext context(Optional<CacheAddress> cache) {
    return PruningNetSourceOfTests.write(folder, cache);
  }
}
