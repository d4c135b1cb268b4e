package dev.espalier.driver.app.finetune;

import dev.espalier.driver.report.ComparedView;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.file.ScratchFolder;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.report.KendallTau;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Trains structures of a job, each by itself from its generated weights, and measures them, and the
 * unpruned network with them: an imported one as it is; any other one, if it is to teach, is
 * trained like them first, by labels.
 *
 * @param job whose structures they are
 * @param bench what it takes
 */
public record FineTuneRun(JobFolder job, FineTuningBench bench) {

  private static final String TEACHER = "teacher.network";

  /**
   * What came of it.
   *
   * @param unpruned what the unpruned network is worth; null if it is not known
   * @param structures those that are done, in the order asked for
   * @param comparisons of the first of them with each of the others
   * @param agreement how far accuracy with generated weights and after training rank them alike, or
   *     null for fewer than two
   */
  public record Result(
      @Nullable UnprunedView unpruned,
      List<FineTunedView> structures,
      List<ComparedView> comparisons,
      @Nullable KendallTau agreement) {

    private static final Result STOPPED = new Result(null, List.of(), List.of(), null);

    private static Result of(@Nullable UnprunedView unpruned, List<FineTunedAnswers> done) {
      List<FineTunedView> shown = done.stream().map(FineTunedAnswers::shown).toList();
      return new Result(
          unpruned,
          shown,
          done.stream().skip(1).map(other -> done.get(0).against(other)).toList(),
          shown.size() < 2
              ? null
              : KendallTau.of(
                  shown.stream().mapToDouble(one -> one.generated().accuracy()).toArray(),
                  shown.stream().mapToDouble(one -> one.confirmation().accuracy()).toArray()));
    }
  }

  /** Trains and measures, from wherever an earlier run was stopped; fewer if asked to stop. */
  public Result run(List<Structure> structures) {
    try (ScratchFolder scratch = ScratchFolder.make()) {
      Path teacher = scratch.path().resolve(TEACHER);
      boolean taught = bench.settings().distillation().teaches();
      OriginalNetwork original = new OriginalNetwork(job, bench.plan());
      UnprunedView unpruned = null;
      if (original.isImported()) {
        unpruned = imported(original, teacher);
      } else if (taught) {
        Optional<UnprunedView> trained = trained(teacher);
        if (trained.isEmpty()) {
          return Result.STOPPED;
        }
        unpruned = trained.get();
      }
      FineTuningBench taughtOrNot = taught ? bench.taughtBy(teacher) : bench;
      return Result.of(unpruned, new Trainings(folder(), taughtOrNot).of(structures));
    } catch (CancellationException e) {
      return Result.STOPPED;
    }
  }

  /** Null if it cannot be had and nobody needs it. */
  private @Nullable UnprunedView imported(OriginalNetwork original, Path file) {
    try {
      original.fetch(file);
      return original.measured(file, bench, this::refuseToGoOn);
    } catch (BadInputException e) {
      if (bench.settings().distillation().teaches()) {
        throw e;
      }
      bench.screen().note("The unpruned network is not measured: " + e.getMessage());
      return null;
    }
  }

  private Optional<UnprunedView> trained(Path file) {
    FineTuningBench untaught = bench.with(bench.settings().untaught());
    Structure widest = bench.plan().space().widest();
    List<FineTunedAnswers> done = new Trainings(folder(), untaught).of(List.of(widest));
    if (!done.isEmpty() && !new TunedNetworks(folder()).fetch(widest, untaught.settings(), file)) {
      throw new BadInputException(
          "%s: the unpruned network was trained, but its weights are not there. Maybe remove what is there of %s, to train it again?"
              .formatted(folder(), TunedNetworks.name(widest, untaught.settings())));
    }
    return done.stream().findFirst().map(answers -> UnprunedView.of(answers.shown()));
  }

  private void refuseToGoOn() {
    if (bench.stop().getAsBoolean()) {
      throw new CancellationException("asked to stop");
    }
  }

  private Folder folder() {
    return job.fineTuned();
  }
}
