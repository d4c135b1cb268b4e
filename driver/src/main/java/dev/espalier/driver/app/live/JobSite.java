package dev.espalier.driver.app.live;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.page.JobPage;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.report.page.JobsPage;
import dev.espalier.driver.report.page.ReportPage;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.ListedJob;
import dev.espalier.driver.service.NotFoundException;
import dev.espalier.driver.service.queue.JobBoard;
import dev.espalier.search.job.BadInputException;
import java.io.UncheckedIOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is where: the list of all jobs at {@code /}, and the page of each at {@code /jobs/ID}, the
 * same as {@code espalier report} writes. Thread-safe.
 *
 * @param home where the data of the jobs are
 * @param board the jobs
 */
public record JobSite(Home home, JobBoard board) {

  private static final Pattern JOB = Pattern.compile("/jobs/([^/]+)");

  /**
   * What is at a path.
   *
   * @param path as it was sent, with nothing decoded: no id needs it
   */
  Answer answer(String path) {
    try {
      Matcher job = JOB.matcher(path);
      if (job.matches() && JobId.isId(job.group(1))) {
        return job(new JobId(job.group(1)));
      }
      return path.equals("/") ? list() : Answer.words(404, "There is no such page.");
    } catch (NotFoundException e) {
      return Answer.words(404, "" + e.getMessage());
    } catch (BadInputException | UncheckedIOException e) {
      // It may have only begun, or be changing right now.
      return Answer.words(503, "It cannot be shown now: " + e.getMessage()).refreshed();
    }
  }

  private Answer list() {
    JobsPage page = new JobsPage(board.all().stream().map(JobSite::row).toList());
    return Answer.page(page.html(), JobsPage.policy()).refreshed();
  }

  private static JobsPage.Row row(ListedJob listed) {
    if (listed instanceof JobSummary job) {
      Double best = job.status().bestAccuracy();
      return new JobsPage.Row(
          job.id().text(),
          job.state(),
          job.network(),
          job.data(),
          "" + job.status().counts().evaluations(),
          best == null ? "-" : Words.percent(best));
    }
    return new JobsPage.Row(listed.id().text(), "broken", "-", "-", "-", "-");
  }

  private Answer job(JobId id) {
    JobSummary job = board.find(id);
    String html = JobPage.of(JobView.of(home, board.jobs().find(id))).html();
    Answer page = Answer.page(html, ReportPage.policy());
    return isUnderWay(job) ? page.refreshed() : page;
  }

  private static boolean isUnderWay(JobSummary job) {
    return job.running() || job.starting() || job.place() != null;
  }
}
