package dev.espalier.driver.app.finetune;

import dev.espalier.driver.report.ComparedView;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.search.report.KendallTau;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Trains structures of a job one after the other, each by itself from its generated weights, and
 * measures them. Results are kept in the job's folder, so that none is trained twice, whoever asks.
 *
 * @param job whose structures they are
 * @param bench what it takes
 */
public record FineTuneRun(JobFolder job, FineTuningBench bench) {

  /**
   * What came of it.
   *
   * @param structures those that are done, in the order asked for
   * @param comparisons of the first of them with each of the others
   * @param agreement how far accuracy with generated weights and after training rank them alike, or
   *     null for fewer than two
   */
  public record Result(
      List<FineTunedView> structures,
      List<ComparedView> comparisons,
      @Nullable KendallTau agreement) {

    private static Result of(List<FineTunedAnswers> done) {
      List<FineTunedView> shown = done.stream().map(FineTunedAnswers::shown).toList();
      return new Result(
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
    List<FineTunedAnswers> done = new ArrayList<>();
    for (Structure structure : structures) {
      Optional<FineTunedAnswers> tuned = keptOrTuned(structure);
      if (tuned.isEmpty()) {
        break;
      }
      done.add(tuned.get());
    }
    return Result.of(done);
  }

  private Optional<FineTunedAnswers> keptOrTuned(Structure structure) {
    Optional<FineTunedAnswers> known = kept(structure);
    // Another process may train it now: what is kept is looked at again when that has ended.
    return known.isPresent()
        ? known
        : bench.alone(structure, () -> kept(structure).or(() -> tuned(structure)));
  }

  private Optional<FineTunedAnswers> kept(Structure structure) {
    return folder().readJson(name(structure), FineTunedAnswers.class);
  }

  private Optional<FineTunedAnswers> tuned(Structure structure) {
    bench
        .screen()
        .stage(
            Stage.FINE_TUNING,
            "Training %s for %d epochs".formatted(structure.id(), bench.epochs()));
    Optional<FineTunedAnswers> tuned = bench.run(structure);
    tuned.ifPresent(
        answers -> {
          new TunedNetworks(folder()).keep(structure, bench.epochs(), bench.result(structure));
          folder().writeJson(name(structure), answers);
          bench.forget(structure);
        });
    return tuned;
  }

  private Folder folder() {
    return folder(job);
  }

  /** Where a job keeps what came of trainings. */
  public static Folder folder(JobFolder job) {
    return job.folder().folder("finetuned");
  }

  private String name(Structure structure) {
    return TunedNetworks.name(structure, bench.epochs()) + ".answers.json";
  }
}
