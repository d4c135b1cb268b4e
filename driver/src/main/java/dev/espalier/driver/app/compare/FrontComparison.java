package dev.espalier.driver.app.compare;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.report.front.FrontView;
import dev.espalier.driver.report.front.FrontsView;
import dev.espalier.driver.report.front.LevelView;
import dev.espalier.search.archive.Coverage;
import dev.espalier.search.archive.Hypervolume;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.BadInputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The fronts of jobs that weighed the same things on the same images, as they are now.
 *
 * @param jobs at least two
 * @param fronts of each job, in the same order
 */
public record FrontComparison(List<JobView> jobs, List<ParetoArchive> fronts) {

  private static final int LEVELS = 5;

  /**
   * The comparison.
   *
   * @throws BadInputException if accuracies or costs of the jobs mean different things
   */
  public static FrontComparison of(List<JobView> jobs) {
    JobView first = jobs.get(0);
    for (JobView other : jobs) {
      requireSame(first, other, "search.objectives", job -> job.plan().objectives().metrics());
      requireSame(first, other, "data", job -> job.plan().data().digest());
      requireSame(first, other, "data.splits", job -> job.plan().spec().data().splits());
    }
    return new FrontComparison(jobs, jobs.stream().map(job -> job.search().front()).toList());
  }

  private static void requireSame(
      JobView one, JobView other, String what, Function<JobView, Object> of) {
    if (!of.apply(one).equals(of.apply(other))) {
      throw new BadInputException(
          "%s: job %s has %s, job %s has %s, expected the same. Fronts over different ones cannot be compared."
              .formatted(what, one.job().id(), of.apply(one), other.job().id(), of.apply(other)));
    }
  }

  /** All of it, to be shown. */
  public FrontsView view() {
    double[] corner = corner();
    List<FrontView> views = IntStream.range(0, jobs.size()).mapToObj(i -> view(i, corner)).toList();
    return new FrontsView(metric().key(), views, levels());
  }

  /** No error, and the costs of the dearest full network of all. */
  private double[] corner() {
    Objectives objectives = fronts.get(0).objectives();
    return jobs.stream()
        .map(job -> objectives.vector(1, job.plan().full()))
        .reduce(
            (a, b) -> IntStream.range(0, a.length).mapToDouble(i -> Math.max(a[i], b[i])).toArray())
        .orElseThrow();
  }

  private FrontView view(int job, double[] corner) {
    List<double[]> others = new ArrayList<>();
    for (int other = 0; other < jobs.size(); other++) {
      if (other != job) {
        others.addAll(fronts.get(other).vectors());
      }
    }
    List<double[]> own = fronts.get(job).vectors();
    return new FrontView(
        id(job),
        jobs.get(job).plan().space().network().name(),
        own.size(),
        Hypervolume.share(own, corner),
        Coverage.of(others, own));
  }

  /** Evenly spread from the cheapest structure of all to the dearest. */
  private List<LevelView> levels() {
    LongSummaryStatistics costs =
        fronts.stream()
            .flatMap(front -> front.front().stream())
            .mapToLong(trial -> trial.costs().of(metric()))
            .summaryStatistics();
    if (costs.getCount() == 0) {
      return List.of();
    }
    long span = costs.getMax() - costs.getMin();
    return IntStream.range(0, LEVELS)
        .mapToObj(i -> level(costs.getMin() + span * i / (LEVELS - 1)))
        .toList();
  }

  private LevelView level(long most) {
    Map<String, TrialView> best = new LinkedHashMap<>();
    for (int job = 0; job < jobs.size(); job++) {
      Optional<Trial> found =
          fronts.get(job).front().stream()
              .filter(trial -> trial.costs().of(metric()) <= most)
              .max(Comparator.comparingDouble(Trial::accuracy));
      if (found.isPresent()) {
        best.put(id(job), TrialView.of(found.get(), jobs.get(job).plan().full()));
      }
    }
    return new LevelView(most, best);
  }

  private Metric metric() {
    return fronts.get(0).objectives().metrics().get(0);
  }

  private String id(int job) {
    return jobs.get(job).job().id().text();
  }
}
