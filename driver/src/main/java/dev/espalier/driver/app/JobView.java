package dev.espalier.driver.app;

import dev.espalier.driver.app.plan.JobPlan;
import dev.espalier.driver.app.plan.Networks;
import dev.espalier.driver.app.search.SearchFolder;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.EvaluationTime;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.search.cost.Bound;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.report.Ranking;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.space.Structure;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Looks into a job, also while it runs. Changes nothing.
 *
 * @param job the job
 * @param plan what it means
 */
public record JobView(JobFolder job, JobPlan plan) {

  /** Opens a job of a home. */
  public static JobView of(Home home, JobFolder job) {
    JobSpec asked = job.file().spec();
    String found = job.record().architecture();
    JobSpec spec =
        found.isEmpty()
            ? Networks.resolved(asked, home)
            : asked.withArchitecture(found, job.record().first());
    Optional<DatasetInfo> known = job.data(DatasetInfo.class);
    if (known.isEmpty() && job.local().isEmpty()) {
      throw new BadInputException(
          "job %s has not begun yet, so nothing is known of its data".formatted(job.id()));
    }
    DatasetInfo data = known.orElseGet(() -> DataStore.of(home).forJob(spec.data().name()).info());
    return new JobView(job, JobPlan.of(spec, data));
  }

  /** What the search has learned so far, in the order of proposal. */
  public List<Trial> trials() {
    return search().history().trials();
  }

  /** Where the search stands. */
  public SearchState<?> search() {
    try {
      return SearchFolder.searched(plan, job.search()).read().state();
    } catch (IllegalStateException e) {
      throw new BadInputException(
          "job %s has results that its job file does not lead to: %s. Maybe the file was changed; 'espalier resume %s' names both digests"
              .formatted(job.id(), e.getMessage(), job.id()),
          e);
    }
  }

  /** How long a structure of the search takes; empty as long as none was measured by itself. */
  public Optional<EvaluationTime> evaluationTime() {
    return EvaluationTime.of(SearchFolder.results(job.search()));
  }

  /**
   * The best of some trials.
   *
   * @param trials of the search
   * @param top at most so many
   * @param maxMacs most MACs, absolute ({@code 20M}) or relative ({@code 50%}); null for any
   * @param order which come first
   */
  public List<TrialView> best(
      List<Trial> trials, int top, @Nullable String maxMacs, Ranking.Order order) {
    long most =
        maxMacs == null
            ? Long.MAX_VALUE
            : Bound.parse("--max-macs", maxMacs).atMost(plan.full().macs());
    return new Ranking(top, most, order)
        .of(trials).stream().map(trial -> TrialView.of(trial, plan.full())).toList();
  }

  /**
   * The structure that someone names.
   *
   * @param text {@code best} for the most accurate one, or its genes ({@code 30-12-5}), whether it
   *     was tried or not, or the first digits of the id of one that the search tried
   * @throws NotFoundException if no trial has such an id
   * @throws BadInputException if the genes are not of this job's space, or several ids begin so
   */
  public Structure structure(String text) {
    if (text.equals("best")) {
      return mostAccurate();
    }
    if (text.contains("-")) {
      try {
        Structure structure = Structure.parse(text);
        plan.space().check(structure);
        return structure;
      } catch (IllegalArgumentException e) {
        throw new BadInputException("" + e.getMessage(), e);
      }
    }
    List<Structure> found =
        trials().stream()
            .map(Trial::structure)
            .filter(structure -> structure.digest().startsWith(text))
            .toList();
    if (found.isEmpty()) {
      throw new NotFoundException(
          "job %s tried no structure with an id that begins with '%s'. Maybe look at 'espalier best %s'?"
              .formatted(job.id(), text, job.id()));
    }
    if (found.size() > 1) {
      throw new BadInputException(
          "structure '%s': %d ids begin so: %s. Maybe give more digits?"
              .formatted(text, found.size(), found.stream().map(Structure::id).toList()));
    }
    return found.get(0);
  }

  private Structure mostAccurate() {
    return Ranking.mostAccurate(1).of(trials()).stream()
        .findFirst()
        .map(Trial::structure)
        .orElseThrow(
            () ->
                new NotFoundException("job %s has measured no structure yet".formatted(job.id())));
  }

  /**
   * The structures of the job's report.
   *
   * @throws BadInputException if the job has no report yet, or was not to confirm
   */
  public List<Structure> confirmed() {
    JobReport report =
        job.report(JobReport.class)
            .orElseThrow(
                () ->
                    new BadInputException(
                        "job %s has no report yet, it is %s"
                            .formatted(job.id(), job.status().stage().word())));
    if (report.confirmed().isEmpty()) {
      throw new BadInputException(
          "job %s has confirmed nothing. Maybe add confirm to its stages, and go on with: espalier resume %s"
              .formatted(job.id(), job.id()));
    }
    return report.structures();
  }

  /** Structures of the search, evenly spread from the most to the least accurate. */
  public List<Structure> spread(int count) {
    List<Trial> ranked = Ranking.mostAccurate(Integer.MAX_VALUE).of(trials());
    int taken = Math.min(count, ranked.size());
    return IntStream.range(0, taken)
        .mapToObj(i -> ranked.get(i * (ranked.size() - 1) / Math.max(1, taken - 1)).structure())
        .toList();
  }

  /** A structure layer by layer. */
  public Shown show(Structure structure) {
    Optional<Trial> trial =
        trials().stream()
            .filter(one -> one.structure().equals(structure) && one.scored())
            .findFirst();
    return new Shown(
        StructureView.of(structure, plan.costs().costs(structure), plan.full()),
        trial.map(one -> ScoreView.of(one.score())).orElse(null),
        plan.constraints().violations(plan.costs().costs(structure)),
        LayerView.of(plan.space(), structure));
  }

  /**
   * A structure as {@code show} shows it.
   *
   * @param structure its ids and costs
   * @param selection its score on the images that choose structures, or null if it has none
   * @param violations constraints of the job that it does not meet
   * @param layers its layers with weights
   */
  public record Shown(
      StructureView structure,
      @Nullable ScoreView selection,
      List<String> violations,
      List<LayerView> layers) {}
}
