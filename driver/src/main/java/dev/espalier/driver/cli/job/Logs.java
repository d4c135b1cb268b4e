package dev.espalier.driver.cli.job;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.queue.JobBoard;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

  @Mixin private final HomeOption home = new HomeOption();

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
        LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
      }
    }
  }

  static boolean isUnderWay(JobSummary job) {
    return job.place() != null || job.service() != null || job.running() || job.starting();
  }

  /** Prints what is there from an offset on, up to the last whole line; returns where it ended. */
  private long print(JobFolder job, long from) {
    Path log = job.local().orElseThrow().log();
    if (!Files.exists(log)) {
      return from;
    }
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      file.seek(from);
      byte[] bytes = new byte[(int) Math.min(1 << 20, Math.max(0, file.length() - from))];
      file.readFully(bytes);
      int whole = bytes.length;
      while (whole > 0 && bytes[whole - 1] != '\n') {
        whole--;
      }
      PrintWriter out = command.commandLine().getOut();
      out.print(new String(bytes, 0, whole, StandardCharsets.UTF_8));
      out.flush();
      return whole == 0 ? from : print(job, from + whole);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log, e);
    }
  }
}
