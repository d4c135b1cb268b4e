package dev.espalier.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.evaluation.ScoreStore;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.cache.MemoryScoreStore;
import dev.espalier.worker.cache.NoScoreStore;
import dev.espalier.worker.cache.ScoreKeys;
import dev.espalier.worker.request.ContentFile;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.request.ScoreInputs;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.ShardScorer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class EvaluateStructureTest {

  private static final ScoreInputs INPUTS = new ScoreInputs("n", "w", "d", "p", "1");
  private static final EvaluationContext CONTEXT =
      new EvaluationContext(
          INPUTS,
          new ContentFile("w", Path.of("weights")),
          new ContentFile("d", Path.of("dataset")),
          "p",
          "selection",
          Duration.ofSeconds(10),
          Optional.empty());
  private static final Structure STRUCTURE = Structure.of(4, 1);
  private static final Candidate CANDIDATE = new Candidate(7, STRUCTURE);
  private static final Checkpoint GO_ON = () -> {};

  private final ScoreStore store = new MemoryScoreStore();
  private final AtomicLong clock = new AtomicLong();

  @Test
  void evaluate_emptyStore_measuresEveryShardWithOneSetOfWeights() {
    FakeScorer scorer = new FakeScorer(3, () -> clock.addAndGet(1_000));

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, GO_ON);

    assertThat(scorer.calls)
        .containsExactly("prepare", "recalibrate", "score 0", "score 1", "score 2", "release");
    assertThat(report.evaluation().candidate()).isEqualTo(CANDIDATE);
    assertThat(report.evaluation().outcome()).isEqualTo(new Outcome.Scored(4 + 5 + 6, 30));
    assertThat(report.evaluation().elapsed()).isEqualTo(Duration.ofNanos(3_000));
    assertThat(report.evaluation().cachedImages()).isZero();
    assertThat(report.hits()).isZero();
    assertThat(report.misses()).isEqualTo(4);
    assertThat(report.stages())
        .containsOnly(
            Map.entry(Stage.GENERATE, Duration.ZERO),
            Map.entry(Stage.RECALIBRATE, Duration.ZERO),
            Map.entry(Stage.SCORE, Duration.ofNanos(3_000)));
  }

  @Test
  void evaluate_everyShardKnown_makesNoWeights() {
    evaluator(new FakeScorer(3), store).evaluate(CANDIDATE, GO_ON);
    FakeScorer scorer = new FakeScorer(3);

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, GO_ON);

    assertThat(scorer.calls).isEmpty();
    assertThat(report.evaluation().outcome()).isEqualTo(new Outcome.Scored(15, 30));
    assertThat(report.evaluation().cachedImages()).isEqualTo(30);
    assertThat(report.hits()).isEqualTo(3);
    assertThat(report.misses()).isZero();
    assertThat(report.stages()).isEmpty();
  }

  @Test
  void evaluate_someShardsKnown_scoresTheOthersWithTheKnownStatistics() {
    evaluator(new FakeScorer(2), store).evaluate(CANDIDATE, GO_ON);
    FakeScorer scorer = new FakeScorer(4);

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, GO_ON);

    assertThat(scorer.calls).containsExactly("prepare", "score 2", "score 3", "release");
    assertThat(report.evaluation().outcome()).isEqualTo(new Outcome.Scored(4 + 5 + 6 + 7, 40));
    assertThat(report.evaluation().cachedImages()).isEqualTo(20);
    assertThat(report.hits()).isEqualTo(3);
    assertThat(report.misses()).isEqualTo(2);
  }

  @Test
  void evaluate_storedScoreMakesNoSense_scoresAgain() {
    evaluator(new FakeScorer(2), store).evaluate(CANDIDATE, GO_ON);
    store.putAll(Map.of(new ScoreKeys(INPUTS).shard(STRUCTURE, "selection", 0), new byte[] {1, 2}));
    FakeScorer scorer = new FakeScorer(2);

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, GO_ON);

    assertThat(scorer.calls).containsExactly("prepare", "score 0", "release");
    assertThat(report.evaluation().outcome()).isEqualTo(new Outcome.Scored(9, 20));
  }

  @Test
  void evaluate_withAndWithoutStore_givesTheSameOutcome() {
    for (int gene = 0; gene < 10; gene++) {
      Candidate candidate = new Candidate(gene, Structure.of(gene));
      Outcome plain =
          evaluator(new FakeScorer(3), new NoScoreStore())
              .evaluate(candidate, GO_ON)
              .evaluation()
              .outcome();
      for (int attempt = 0; attempt < 2; attempt++) {
        assertThat(
                evaluator(new FakeScorer(3), store)
                    .evaluate(candidate, GO_ON)
                    .evaluation()
                    .outcome())
            .isEqualTo(plain);
      }
    }
  }

  @Test
  void evaluate_timeUsedUp_failsAndKeepsTheShardsThatWereScored() {
    FakeScorer slow = new FakeScorer(3, () -> clock.addAndGet(6_000_000_000L));

    EvaluationReport report = evaluator(slow, store).evaluate(CANDIDATE, GO_ON);

    assertThat(report.evaluation().outcome())
        .isInstanceOfSatisfying(
            Outcome.Failed.class,
            failed -> {
              assertThat(failed.kind()).isEqualTo(Kind.TIME_LIMIT);
              assertThat(failed.reason()).contains("10.0 s");
            });
    assertThat(slow.calls).endsWith("score 1", "release").doesNotContain("score 2");
    FakeScorer next = new FakeScorer(3);
    evaluator(next, store).evaluate(CANDIDATE, GO_ON);
    assertThat(next.calls).containsExactly("prepare", "score 2", "release");
  }

  @Test
  void evaluate_cancelled_stopsBeforeTheNextShard() {
    FakeScorer scorer = new FakeScorer(3);
    Checkpoint cancelled =
        () -> {
          if (scorer.calls.contains("score 0")) {
            throw new CancellationException("nobody waits");
          }
        };

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, cancelled);

    assertThat(kind(report)).isEqualTo(Kind.LOST);
    assertThat(scorer.calls).endsWith("score 0", "release");
  }

  @Test
  void evaluate_scoresAreNotNumbers_failsAsNotFinite() {
    FakeScorer scorer = new FakeScorer(1);
    scorer.notFinite = 1;

    assertThat(kind(evaluator(scorer, store).evaluate(CANDIDATE, GO_ON)))
        .isEqualTo(Kind.NOT_FINITE);
    assertThat(scorer.calls).endsWith("release");
  }

  @Test
  void evaluate_storedStatisticsMakeNoSense_recalibratesAgain() {
    store.putAll(Map.of(new ScoreKeys(INPUTS).statistics(STRUCTURE), new byte[] {1, 2}));
    FakeScorer scorer = new FakeScorer(1);

    EvaluationReport report = evaluator(scorer, store).evaluate(CANDIDATE, GO_ON);

    assertThat(scorer.calls).containsExactly("prepare", "recalibrate", "score 0", "release");
    assertThat(report.evaluation().outcome()).isEqualTo(new Outcome.Scored(4, 10));
  }

  @Test
  void evaluate_heapRunsOut_failsAndTheNextCandidateIsMeasured() {
    int[] calls = {0};
    FakeScorer scorer =
        new FakeScorer(
            1,
            () -> {
              if (calls[0]++ == 0) {
                throw new OutOfMemoryError("Java heap space");
              }
            });
    EvaluateStructure evaluator = evaluator(scorer, store);

    assertThat(kind(evaluator.evaluate(CANDIDATE, GO_ON))).isEqualTo(Kind.ERROR);
    assertThat(evaluator.evaluate(CANDIDATE, GO_ON).evaluation().outcome())
        .isInstanceOf(Outcome.Scored.class);
  }

  @Test
  void close_evaluator_closesItsScorer() {
    FakeScorer scorer = new FakeScorer(1);

    evaluator(scorer, store).close();

    assertThat(scorer.calls).containsExactly("close");
  }

  private EvaluateStructure evaluator(ShardScorer scorer, ScoreStore scoreStore) {
    return new EvaluateStructure(CONTEXT, scorer, scoreStore, clock::get);
  }

  private static Kind kind(EvaluationReport report) {
    return ((Outcome.Failed) report.evaluation().outcome()).kind();
  }
}
