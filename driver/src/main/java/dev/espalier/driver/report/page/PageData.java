package dev.espalier.driver.report.page;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the pictures of a page show; the page's script reads it as JSON.
 *
 * @param metric name of the cost that is drawn
 * @param points structures by cost and accuracy
 * @param course how the search got on
 * @param widths of each structure that can be picked, by its id
 * @param picked the structure that is shown at first; null if there is none
 * @param uniform the uniform-width structure to show beside it; null if there is none
 */
public record PageData(
    String metric,
    List<Point> points,
    List<Milestone> course,
    Map<String, List<Width>> widths,
    @Nullable String picked,
    @Nullable String uniform) {

  /** Copies the collections. */
  public PageData {
    points = List.copyOf(points);
    course = List.copyOf(course);
    widths = Map.copyOf(widths);
  }

  /** Why a structure is drawn. */
  public enum Kind {
    /** The search measured it, and a better one. */
    TRIAL,
    /** The search measured it, and none is better in all that is weighed. */
    FRONT,
    /** The uniform-width baseline. */
    UNIFORM,
    /** The best of the random baseline. */
    RANDOM
  }

  /**
   * A structure.
   *
   * @param id what people type
   * @param cost of the drawn metric
   * @param accuracy on the selection images, 0 to 1, with its 95% interval
   * @param low lower end of the interval
   * @param high upper end of the interval
   */
  public record Point(Kind kind, String id, long cost, double accuracy, double low, double high) {}

  /**
   * What was known after some evaluations.
   *
   * @param evaluations how many
   * @param best the best accuracy, 0 to 1
   * @param hypervolume share that the front dominates, 0 to 1
   */
  public record Milestone(long evaluations, double best, double hypervolume) {}

  /**
   * A layer of a structure.
   *
   * @param layer its name
   * @param share of its output channels that are left, 0 to 1
   */
  public record Width(String layer, double share) {}
}
