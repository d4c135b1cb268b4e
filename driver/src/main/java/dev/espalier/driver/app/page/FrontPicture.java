package dev.espalier.driver.app.page;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.report.JobReport;
import dev.espalier.driver.report.ScoreView;
import dev.espalier.driver.report.front.FrontPlot;
import dev.espalier.driver.report.front.FrontPlot.Mark;
import dev.espalier.driver.report.front.FrontPlot.Point;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.run.SearchState;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The front of a job as a terminal shows it, as it is now, also while it runs. Changes nothing. */
public final class FrontPicture {

  private FrontPicture() {}

  /**
   * Draws a front.
   *
   * @param view of the job
   * @param search where its search stands
   */
  public static FrontPlot of(JobView view, SearchState<?> search) {
    Metric metric = view.plan().objectives().metrics().get(0);
    List<Trial> trials = search.history().trials().stream().filter(Trial::scored).toList();
    Set<Trial> front = new HashSet<>(search.front().front());
    List<Point> points = new ArrayList<>();
    for (Trial trial : trials) {
      Mark mark = front.contains(trial) ? Mark.FRONT : Mark.MEASURED;
      points.add(new Point(mark, trial.costs().of(metric), trial.accuracy()));
    }
    unpruned(view, trials)
        .ifPresent(
            accuracy ->
                points.add(new Point(Mark.UNPRUNED, view.plan().full().of(metric), accuracy)));
    return new FrontPlot(metric.label(), points);
  }

  /** Accuracy of the unpruned network, if the search measured it or the job is done. */
  private static Optional<Double> unpruned(JobView view, List<Trial> trials) {
    Structure widest = view.plan().space().widest();
    return trials.stream()
        .filter(trial -> trial.structure().equals(widest))
        .map(Trial::accuracy)
        .findFirst()
        .or(
            () ->
                view.job().report(JobReport.class).map(JobReport::widest).map(ScoreView::accuracy));
  }
}
