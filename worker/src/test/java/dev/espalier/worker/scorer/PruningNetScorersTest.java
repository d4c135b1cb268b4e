package dev.espalier.worker.scorer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Evaluators;
import dev.espalier.worker.evaluate.Stage;
import dev.espalier.worker.request.EvaluationContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.ToIntFunction;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PruningNetScorersTest {

  private static final Checkpoint GO_ON = () -> {};

  /** Recalibration meets the first parameter, the last one only reaches the scores. */
  private static final List<ToIntFunction<List<Parameter>>> FIRST_AND_LAST =
      List.of(parameters -> 0, parameters -> parameters.size() - 1);

  @TempDir static Path folder;
  private static EvaluationContext context;
  private static List<Structure> structures;

  @BeforeAll
  static void writeFiles() {
    context = PruningNetSourceOfTests.write(folder, Optional.empty());
    SearchSpace space = PruningNetSourceOfTests.space(context);
    structures = List.of(space.widest(), space.narrowest());
  }

  @Test
  void evaluate_realPruningNet_scoresEveryImageInEveryStage() {
    try (Evaluators evaluators = open(context)) {
      for (Structure structure : structures) {
        EvaluationReport report = evaluate(evaluators, structure);

        assertThat(report.evaluation().outcome())
            .isInstanceOfSatisfying(
                Outcome.Scored.class, scored -> assertThat(scored.images()).isEqualTo(25));
        assertThat(report.stages()).containsOnlyKeys(Stage.values());
        assertThat(report.misses()).isEqualTo(4);
      }
    }
  }

  @Test
  void evaluate_weightIsNoNumber_failsAsNotFinite() {
    for (ToIntFunction<List<Parameter>> which : FIRST_AND_LAST) {
      try (Evaluators evaluators = Evaluators.open(context, in -> spoiled(in, which))) {
        for (Structure structure : structures) {
          assertThat(evaluate(evaluators, structure).evaluation().outcome())
              .isEqualTo(
                  new Outcome.Failed(
                      Outcome.Failed.Kind.NOT_FINITE,
                      "25 of 25 images have scores that are not numbers"));
        }
      }
    }
  }

  @Test
  void evaluate_secondTimeWithCache_hasTheSameScoreWithoutMeasuring() {
    try (Evaluators plain = open(context);
        Cache cache = Cache.open(folder.resolve("cache"), CacheSettings.LOOPBACK)) {
      EvaluationContext shared = with(cache);
      for (Structure structure : structures) {
        Outcome expected = evaluate(plain, structure).evaluation().outcome();
        try (Evaluators first = open(shared)) {
          assertThat(evaluate(first, structure).evaluation().outcome()).isEqualTo(expected);
        }
        try (Evaluators second = open(shared)) {
          EvaluationReport report = evaluate(second, structure);

          assertThat(report.evaluation().outcome()).isEqualTo(expected);
          assertThat(report.evaluation().cachedImages()).isEqualTo(25);
          assertThat(report.stages()).isEmpty();
        }
      }
    }
  }

  @Test
  void evaluate_cancelledBetweenBatches_endsThere() {
    int[] asked = {0};
    Checkpoint third =
        () -> {
          if (++asked[0] == 4) {
            throw new CancellationException("enough");
          }
        };
    try (Evaluators evaluators = open(context)) {
      EvaluationReport report = evaluators.evaluate(new Candidate(0, structures.get(1)), third);

      assertThat(report.evaluation().outcome())
          .isInstanceOfSatisfying(
              Outcome.Failed.class,
              failed -> assertThat(failed.kind()).isEqualTo(Outcome.Failed.Kind.LOST));
      assertThat(report.stages()).containsOnlyKeys(Stage.GENERATE, Stage.RECALIBRATE);
      assertThat(evaluate(evaluators, structures.get(1)).evaluation().outcome())
          .isInstanceOf(Outcome.Scored.class);
    }
  }

  /** The PruningNet with a parameter whose first value is no number. */
  private static Scorers spoiled(EvaluationContext context, ToIntFunction<List<Parameter>> which) {
    PruningNetScorers scorers = (PruningNetScorers) new PruningNetSourceOfTests().open(context);
    List<Parameter> parameters = scorers.net().parameters();
    parameters.get(which.applyAsInt(parameters)).set(0, new float[] {Float.NaN}, 1);
    return scorers;
  }

  private static EvaluationContext with(Cache cache) {
    return new EvaluationContext(
        context.inputs(),
        context.weights(),
        context.dataset(),
        context.protocol(),
        context.split(),
        context.limit(),
        cache.address());
  }

  private static Evaluators open(EvaluationContext in) {
    return Evaluators.open(in, new PruningNetSourceOfTests());
  }

  private static EvaluationReport evaluate(Evaluators evaluators, Structure structure) {
    return evaluators.evaluate(new Candidate(0, structure), GO_ON);
  }
}
