package dev.espalier.driver.cli.job;

import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.page.JobPage;
import dev.espalier.driver.cli.option.OutFile;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.file.AtomicFile;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier report}: writes a page about a job. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write a page about a job, also while it runs: the front, how the search got on, the widths of",
      "structures, and what the job was made from. One HTML file that needs nothing but a browser."
    })
public final class Report implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toRead();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it (default: ID.html in the working directory).")
  private @Nullable Path out;

  @Override
  public void run() {
    JobId job = new JobId(id);
    Path file = OutFile.of(out, job.text() + ".html");
    String page = JobPage.of(JobView.of(home.home(), home.jobs().find(job))).html();
    AtomicFile.write(file, page);
    output.print(Map.of("file", file.toString()), file + "\n");
  }
}
