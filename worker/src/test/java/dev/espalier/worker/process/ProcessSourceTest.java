package dev.espalier.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.scoring.StatisticsBytes;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.evaluation.Outcome.Failed;
import dev.espalier.search.evaluation.Outcome.Failed.Kind;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.Evaluators;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.ActingScorers;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.PreparedStructure;
import dev.espalier.worker.scorer.PruningNetSourceOfTests;
import dev.espalier.worker.scorer.RoughSource;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.scorer.Scorers;
import dev.espalier.worker.scorer.ShardScorer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One worker whose evaluations run in a child. */
final class ProcessSourceTest {

  private static final Checkpoint GO_ON = () -> {};
  private static final Duration LONG = Duration.ofMinutes(1);

  @TempDir Path folder;

  @Test
  void evaluate_childEnds_isLostAndTheNextIsMeasured() {
    try (Evaluators evaluators = open(LONG)) {
      assertThat(evaluate(evaluators, RoughSource.CRASH))
          .isEqualTo(new Failed(Kind.LOST, "the evaluation process ended with exit code 7"));
      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void evaluate_heapRunsOut_isAnErrorThatSaysSoAndTheNextIsMeasured() {
    try (Evaluators evaluators = open(LONG)) {
      long child = children().get(0).pid();

      assertThat(evaluate(evaluators, RoughSource.OUT_OF_MEMORY))
          .isInstanceOfSatisfying(
              Failed.class,
              failed -> {
                assertThat(failed.kind()).isEqualTo(Kind.ERROR);
                assertThat(failed.reason()).startsWith("out of memory: OutOfMemoryError");
              });
      assertThat(children()).singleElement().extracting(ProcessHandle::pid).isNotEqualTo(child);
      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void evaluate_childHangs_failsAtTheTimeLimitAndTheNextHasItsWholeTime() {
    try (Evaluators evaluators = open(Duration.ofSeconds(1))) {
      for (Structure hanging : List.of(RoughSource.HANG, RoughSource.HANG_AT_ONCE)) {
        assertThat(evaluate(evaluators, hanging))
            .extracting(outcome -> ((Failed) outcome).kind())
            .isEqualTo(Kind.TIME_LIMIT);
        assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
      }
    }
  }

  @Test
  void evaluate_scoresAreNotNumbers_failsAndKeepsTheChild() {
    try (Evaluators evaluators = open(LONG)) {
      List<ProcessHandle> before = children();

      assertThat(evaluate(evaluators, RoughSource.NOT_FINITE))
          .extracting(outcome -> ((Failed) outcome).kind())
          .isEqualTo(Kind.NOT_FINITE);
      assertThat(children()).isEqualTo(before);
    }
  }

  @Test
  void evaluate_childIsKilledInTheMiddle_isLostAndTheNextIsMeasured() throws Exception {
    RoughSource source = RoughSource.in(folder);
    try (Evaluators evaluators = open(LONG)) {
      CompletableFuture<Outcome> outcome =
          CompletableFuture.supplyAsync(() -> evaluate(evaluators, RoughSource.pause(1)));
      source.awaitPause(1).destroyForcibly();

      assertThat(outcome.get())
          .isEqualTo(new Failed(Kind.LOST, "the evaluation process was ended by signal 9"));
      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void evaluate_childWasKilledBefore_isMeasuredByAnother() {
    try (Evaluators evaluators = open(LONG)) {
      for (ProcessHandle child : children()) {
        child.destroyForcibly();
        child.onExit().join();
      }

      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void evaluate_nobodyWaits_endsTheChildAtOnce() throws Exception {
    try (Evaluators evaluators = open(LONG)) {
      Outcome outcome =
          evaluators
              .evaluate(
                  new Candidate(0, RoughSource.pause(2)),
                  () -> {
                    if (Files.exists(folder.resolve("pause-2"))) {
                      throw new CancellationException("enough");
                    }
                  })
              .evaluation()
              .outcome();

      assertThat(((Failed) outcome).kind()).isEqualTo(Kind.LOST);
      assertThat(children()).isEmpty();
      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void evaluate_noChildCanOpen_failsSayingWhyUntilOneCan() throws IOException {
    try (Evaluators evaluators = open(LONG)) {
      Files.delete(folder);
      assertThat(evaluate(evaluators, RoughSource.CRASH))
          .extracting(outcome -> ((Failed) outcome).kind())
          .isEqualTo(Kind.LOST);
      assertThat(evaluate(evaluators, RoughSource.score(8)))
          .extracting(outcome -> ((Failed) outcome).reason())
          .asString()
          .contains(folder + " is gone");

      Files.createDirectory(folder);

      assertThat(evaluate(evaluators, RoughSource.score(8))).isEqualTo(new Scored(8, 1000));
    }
  }

  @Test
  void open_childRefusesAFile_isBadInput() {
    Path missing = folder.resolve("missing");
    Evaluators evaluators =
        Evaluators.open(ActingScorers.context(LONG), new ProcessSource(RoughSource.in(missing)));

    assertThatThrownBy(evaluators::warm)
        .isInstanceOf(BadInputException.class)
        .hasMessage(missing + " is gone");
    assertThat(children()).isEmpty();
    evaluators.close();
  }

  @Test
  void score_realPruningNet_isTheSameBitForBit() {
    EvaluationContext context = PruningNetSourceOfTests.write(folder, Optional.empty());
    SearchSpace space = PruningNetSourceOfTests.space(context);
    ScorerSource inThread = new PruningNetSourceOfTests();
    try (Scorers threads = inThread.open(context);
        Scorers children = new ProcessSource(inThread).open(context);
        ShardScorer here = threads.scorer();
        ShardScorer there = children.scorer()) {
      assertThat(there.shards()).isEqualTo(here.shards()).isEqualTo(3);
      for (Structure structure : List.of(space.widest(), space.narrowest(), space.widest())) {
        try (PreparedStructure expected = here.prepare(structure, GO_ON);
            PreparedStructure found = there.prepare(structure, GO_ON)) {
          Statistics statistics = expected.recalibrate(GO_ON);
          assertThat(StatisticsBytes.of(found.recalibrate(GO_ON)))
              .isEqualTo(StatisticsBytes.of(statistics));
          for (int shard = 0; shard < 3; shard++) {
            assertThat(found.score(statistics, shard, GO_ON))
                .isEqualTo(expected.score(statistics, shard, GO_ON));
          }
        }
      }
    }
  }

  @Test
  void close_anyTime_leavesNoChild() {
    Evaluators evaluators = open(LONG);
    assertThat(children()).hasSize(1);

    evaluators.close();

    assertThat(children()).isEmpty();
  }

  /** A worker with its child ready. */
  private Evaluators open(Duration limit) {
    Evaluators evaluators =
        Evaluators.open(ActingScorers.context(limit), new ProcessSource(RoughSource.in(folder)));
    evaluators.warm();
    return evaluators;
  }

  private static Outcome evaluate(Evaluators evaluators, Structure structure) {
    return evaluators.evaluate(new Candidate(0, structure), GO_ON).evaluation().outcome();
  }

  /** The children of this process, apart from those that are about to end. */
  private static List<ProcessHandle> children() {
    try (Stream<ProcessHandle> children = ProcessHandle.current().children()) {
      return children.filter(ProcessSourceTest::goesOn).toList();
    }
  }

  private static boolean goesOn(ProcessHandle child) {
    try {
      child.onExit().get(100, TimeUnit.MILLISECONDS);
      return false;
    } catch (TimeoutException e) {
      return true;
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
