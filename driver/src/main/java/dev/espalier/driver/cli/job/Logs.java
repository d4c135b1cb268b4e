package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.queue.JobBoard;
import dev.espalier.driver.service.store.Folder;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code espalier logs}: prints the log of a job. */
@Command(
    name = "logs",
    mixinStandardHelpOptions = true,
    description = "Print the log of a job, also while it runs or waits.")
public final class Logs implements Runnable {

  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  @Mixin private final StoreOption home = StoreOption.toRead();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Parameters(paramLabel = "ID", description = "The job.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Option(
      names = {"-f", "--follow"},
      description = "Go on with every new line until the job has ended.")
  private boolean follow;

  @Override
  public void run() {
    JobBoard board = home.board();
    JobFolder job = home.jobs().find(new JobId(id));
    long printed = print(job, 0);
    // Looked at first, so that what a job wrote before its end is printed too.
    boolean under = follow;
    while (under) {
      under = isUnderWay(board.find(job.id()));
      printed = print(job, printed);
      if (under) {
        LockSupport.parkNanos(pause(job.folder(), BETWEEN_LOOKS).toNanos());
      }
    }
  }

  /** How long to wait between two looks at a job. */
  static Duration pause(Folder folder, Duration least) {
    return folder.pace().compareTo(least) > 0 ? folder.pace() : least;
  }

  static boolean isUnderWay(JobSummary job) {
    return job.place() != null || job.service() != null || job.running() || job.starting();
  }

  /** Prints what is there from an offset on, up to the last whole line; returns where it ended. */
  private long print(JobFolder job, long from) {
    byte[] bytes = job.log(from);
    int whole = bytes.length;
    while (whole > 0 && bytes[whole - 1] != '\n') {
      whole--;
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(new String(bytes, 0, whole, StandardCharsets.UTF_8));
    out.flush();
    return whole == 0 ? from : print(job, from + whole);
  }
}
