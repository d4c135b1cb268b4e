package dev.espalier.driver.app.page;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.report.ConfirmedView;
import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.page.PageData;
import dev.espalier.search.archive.Hypervolume;
import dev.espalier.search.archive.ParetoArchive;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.report.Contender.Role;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is drawn of a job.
 *
 * @param view of the job
 * @param trials what the search has learned so far
 * @param front of these trials
 * @param confirmed the best and the baselines; may be empty
 */
record Pictures(
    JobView view, List<Trial> trials, ParetoArchive front, List<ConfirmedView> confirmed) {

  private static final int MOST_MILESTONES = 200;

  PageData data() {
    Optional<ConfirmedView> uniform = first(Role.UNIFORM);
    List<Trial> best = front.front();
    return new PageData(
        metric().label(),
        points(),
        course(),
        widths(),
        best.isEmpty() ? null : best.get(0).structure().id(),
        uniform.map(one -> one.structure().id()).orElse(null));
  }

  private List<PageData.Point> points() {
    Set<Trial> best = new HashSet<>(front.front());
    List<PageData.Point> points = new ArrayList<>();
    for (Trial trial : trials) {
      if (trial.scored()) {
        points.add(
            point(
                best.contains(trial) ? PageData.Kind.FRONT : PageData.Kind.TRIAL,
                trial.structure(),
                ScoreView.of(trial.score())));
      }
    }
    first(Role.UNIFORM).ifPresent(one -> points.add(point(PageData.Kind.UNIFORM, one)));
    first(Role.RANDOM).ifPresent(one -> points.add(point(PageData.Kind.RANDOM, one)));
    return points;
  }

  private PageData.Point point(PageData.Kind kind, ConfirmedView one) {
    return point(kind, Structure.parse(one.structure().genes()), one.selection());
  }

  private PageData.Point point(PageData.Kind kind, Structure structure, ScoreView score) {
    return new PageData.Point(
        kind,
        structure.id(),
        view.plan().costs().costs(structure).of(metric()),
        score.accuracy(),
        score.low(),
        score.high());
  }

  private List<PageData.Milestone> course() {
    List<PageData.Milestone> course = new ArrayList<>();
    ParetoArchive known = ParetoArchive.empty(view.plan().objectives());
    int every = Math.max(1, trials.size() / MOST_MILESTONES);
    for (int i = 0; i < trials.size(); i++) {
      known = known.plus(trials.get(i));
      boolean drawn = (i + 1) % every == 0 || i + 1 == trials.size();
      if (drawn && known.size() > 0) {
        course.add(
            new PageData.Milestone(
                i + 1L,
                known.front().get(0).accuracy(),
                Hypervolume.share(known, view.plan().full())));
      }
    }
    return course;
  }

  /** Of the structures that can be picked: the front and the baselines. */
  private Map<String, List<PageData.Width>> widths() {
    Map<String, List<PageData.Width>> widths = new LinkedHashMap<>();
    front.front().forEach(trial -> add(widths, trial.structure()));
    confirmed.forEach(one -> add(widths, Structure.parse(one.structure().genes())));
    return widths;
  }

  private void add(Map<String, List<PageData.Width>> widths, Structure structure) {
    widths.put(
        structure.id(),
        LayerView.of(view.plan().space(), structure).stream()
            .map(
                layer ->
                    new PageData.Width(layer.name(), (double) layer.output() / layer.fullOutput()))
            .toList());
  }

  private Optional<ConfirmedView> first(Role role) {
    return ConfirmedView.first(role, confirmed);
  }

  private Metric metric() {
    return view.plan().objectives().metrics().get(0);
  }
}
