package dev.espalier.driver.report.page;

import dev.espalier.driver.report.ConfirmedView;
import dev.espalier.driver.report.FineTunedView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.TrialView;
import dev.espalier.driver.report.UnprunedView;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.evaluation.Outcome.Scored;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Pages of made-up jobs. */
public final class Pages {

  static final int IMAGES = 1000;
  private static final long FULL_MACS = 40_000_000;

  private Pages() {}

  /** A job that is done: so many structures, of which a quarter is in the front. */
  static ReportPage done(int structures) {
    List<TrialView> trials = IntStream.range(0, structures).mapToObj(Pages::trial).toList();
    List<TrialView> front = trials.subList(0, structures / 4);
    List<PageData.Point> points = new ArrayList<>();
    Map<String, List<PageData.Width>> widths = new LinkedHashMap<>();
    for (TrialView trial : trials) {
      boolean best = front.contains(trial);
      points.add(point(best ? PageData.Kind.FRONT : PageData.Kind.TRIAL, trial));
      if (best) {
        widths.put(trial.structure().id(), widths(trial));
      }
    }
    TrialView uniform = trial(structures);
    points.add(point(PageData.Kind.UNIFORM, uniform));
    widths.put(uniform.structure().id(), widths(uniform));
    return new ReportPage(
        "demo-1",
        "nsga2 of resnet20 over cifar10: done",
        "It is better.",
        front,
        List.of(confirmed(front.get(0))),
        List.of(fineTuned(front.get(0))),
        UnprunedView.of(fineTuned(front.get(1))),
        List.of(new Fact("scores computed", "400")),
        List.of(new Fact("SHA-256 of data", "0123456789abcdef".repeat(4))),
        new PageData(
            "macs",
            points,
            IntStream.rangeClosed(1, 50)
                .mapToObj(i -> new PageData.Milestone(8L * i, 0.5 + i * 0.002, 0.1 + i * 0.001))
                .toList(),
            widths,
            front.get(0).structure().id(),
            uniform.structure().id()));
  }

  /** A job that has measured nothing yet, whatever its name. */
  static ReportPage empty(String name) {
    return new ReportPage(
        name,
        "just begun",
        "",
        List.of(),
        List.of(),
        List.of(),
        null,
        List.of(),
        List.of(),
        new PageData("macs", List.of(), List.of(), Map.of(), null, null));
  }

  /** A structure as one of the search that was confirmed. */
  public static ConfirmedView confirmed(TrialView trial) {
    return new ConfirmedView(
        Role.SEARCHED, trial.structure(), trial.selection(), trial.selection(), trial.selection());
  }

  /** A structure after three epochs of training by itself. */
  public static FineTunedView fineTuned(TrialView trial) {
    return new FineTunedView(
        trial.structure(),
        3,
        new JobSpec.Distillation(0.5, 4),
        trial.selection(),
        trial.selection(),
        trial.selection(),
        trial.selection());
  }

  /** The i-th structure: the dearer, the more accurate. */
  public static TrialView trial(int i) {
    long macs = Math.max(1_000_000, 20_000_000 - 400_000L * i);
    Structure structure = Structure.of(new int[] {i % 31, (i * 7) % 31, 30 - i % 31});
    return new TrialView(
        i,
        StructureView.of(structure, costs(macs), costs(FULL_MACS)),
        ScoreView.of(new Scored(IMAGES * 7 / 10 - 5L * i, IMAGES)));
  }

  private static Costs costs(long macs) {
    return new Costs(macs, macs / 100, macs / 25, 4096);
  }

  private static PageData.Point point(PageData.Kind kind, TrialView trial) {
    ScoreView score = trial.selection();
    return new PageData.Point(
        kind,
        trial.structure().id(),
        trial.structure().macs(),
        score.accuracy(),
        score.low(),
        score.high());
  }

  private static List<PageData.Width> widths(TrialView trial) {
    return IntStream.range(0, 20)
        .mapToObj(
            layer ->
                new PageData.Width("stage.layer" + layer, 0.3 + (trial.index() + layer) % 7 / 10.0))
        .toList();
  }
}
