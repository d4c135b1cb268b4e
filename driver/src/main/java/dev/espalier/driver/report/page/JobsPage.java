package dev.espalier.driver.report.page;

import java.util.List;
import java.util.Map;

/**
 * The jobs of a service on a page, each with a link to its own.
 *
 * @param jobs in the order in which they are shown
 */
public record JobsPage(List<Row> jobs) {

  private static final String STYLE = "page.css";

  /** Copies the rows. */
  public JobsPage {
    jobs = List.copyOf(jobs);
  }

  /**
   * A job, in words.
   *
   * @param id the job, whose page is at {@code /jobs/ID}
   * @param state where it stands
   * @param network what is pruned
   * @param data over what
   * @param measured structures that its search has learned from
   * @param best best accuracy so far
   */
  public record Row(
      String id, String state, String network, String data, String measured, String best) {}

  /** The page, which refers to nothing but the pages of the jobs. */
  public String html() {
    return PageParts.fill("jobs.html", Map.of("jobs", jobs, "style", PageParts.own(STYLE)));
  }

  /** What a browser may do with it. */
  public static String policy() {
    return ContentPolicy.of(List.of(PageParts.own(STYLE)), List.of());
  }
}
