package dev.espalier.driver.cli.job;

import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.BrokenJob;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.ListedJob;
import java.util.List;

/** Jobs as people read them. */
final class JobText {

  private static final String CUT_OFF =
      "its submission was cut off, go on with: espalier resume %s%s";

  private JobText() {}

  /**
   * One job, in a few lines.
   *
   * @param home the options that name its home, for commands that are told
   */
  static String of(JobSummary job, String home) {
    JobStatus status = job.status();
    StringBuilder text = new StringBuilder();
    text.append("%s  %s  %s%n".formatted(job.id(), job.state(), status.message()));
    if (status.total() > 0) {
      line(
          text,
          "progress",
          "%d of %d %s%s".formatted(status.done(), status.total(), status.unit(), remaining(job)));
    }
    JobStatus.Counts counts = status.counts();
    if (counts.evaluations() > 0) {
      line(
          text,
          "measured",
          "%d structures, %d failed".formatted(counts.evaluations(), counts.failures()));
    }
    if (status.bestAccuracy() != null) {
      line(text, "best", Words.percent(status.bestAccuracy()) + " of the selection images");
    }
    if (counts.cacheHits() + counts.cacheMisses() > 0) {
      line(text, "cache", "%d hits, %d misses".formatted(counts.cacheHits(), counts.cacheMisses()));
    }
    line(text, "network", job.network() + " over " + job.data());
    if (job.place() != null) {
      line(text, "queue", "place " + job.place());
    }
    if (job.unqueued()) {
      line(text, "queue", "not in it: " + CUT_OFF.formatted(job.id(), home));
    }
    if (job.service() != null) {
      line(text, "service", job.service().toString());
    }
    if (job.process() != null) {
      line(text, "process", job.process().toString());
    }
    if (job.metricsPort() != null) {
      line(text, "metrics", "http://127.0.0.1:%d/metrics".formatted(job.metricsPort()));
    }
    if (job.lastOutput() != null) {
      line(text, "output", job.lastOutput());
    }
    line(text, "folder", job.folder().toString());
    return text.toString();
  }

  /**
   * Many jobs, a line each, and what is wrong with some.
   *
   * @param home the options that name their home, for commands that are told
   */
  static String of(List<ListedJob> jobs, String home) {
    Table table =
        Table.of("job", "state", "queue", "network", "data", ">measured", ">best", "created");
    StringBuilder troubles = new StringBuilder();
    for (ListedJob listed : jobs) {
      if (listed instanceof JobSummary job) {
        Double best = job.status().bestAccuracy();
        table.row(
            job.id(),
            job.state(),
            queue(job),
            job.network(),
            job.data(),
            job.status().counts().evaluations(),
            best == null ? "-" : Words.percent(best),
            job.created());
        if (job.unqueued()) {
          troubles.append(
              "%n%s is not in the queue: %s%n"
                  .formatted(job.id(), CUT_OFF.formatted(job.id(), home)));
        }
      } else if (listed instanceof BrokenJob broken) {
        table.row(broken.id(), "broken", "-", "-", "-", "-", "-", "-");
        troubles.append("%n%s cannot be read:%n%s%n".formatted(broken.id(), broken.trouble()));
      }
    }
    return table.toString() + troubles;
  }

  private static String queue(JobSummary job) {
    if (job.service() != null) {
      return "service " + job.service();
    }
    return job.place() == null ? "-" : "place " + job.place();
  }

  private static String remaining(JobSummary job) {
    return job.running() && job.status().remaining() != null
        ? ", %s left".formatted(Words.duration(job.status().remaining()))
        : "";
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("  %-9s %s%n".formatted(name, value));
  }
}
