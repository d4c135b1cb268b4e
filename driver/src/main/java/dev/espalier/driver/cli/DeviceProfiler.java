package dev.espalier.driver.cli;

import dev.espalier.driver.app.profile.ProfilePlan;
import dev.espalier.driver.app.profile.Profiling;
import dev.espalier.driver.cli.option.OutFile;
import dev.espalier.driver.cli.option.ProfileOption;
import dev.espalier.driver.cli.progress.Screen;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.LatencyTable;
import dev.espalier.search.latency.LatencyText;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * Where the process of the stand-alone profiler begins: a jar with this, ONNX Runtime and nothing
 * that searches, to take to a device.
 */
@Command(
    name = "espalier-profile",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = {
      "Time the operations that a plan names on this machine, and write them as a table.",
      "'espalier profile JOB.yaml --plan' writes a plan."
    })
public final class DeviceProfiler implements Callable<Integer> {

  @Mixin private final ProfileOption options = new ProfileOption();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Parameters(paramLabel = "PLAN", description = "The plan.")
  @SuppressWarnings("NullAway.Init")
  private Path plan;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "The table (default: latency.tsv, in this folder).")
  private @Nullable Path out;

  private DeviceProfiler() {}

  /** Makes one table and ends the process with its exit code. */
  public static void main(String[] arguments) {
    int code =
        new CommandLine(new DeviceProfiler())
            .setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8))
            .setParameterExceptionHandler(ExitCode::usage)
            .setExecutionExceptionHandler(ExitCode::thrown)
            .execute(arguments);
    System.exit(code);
  }

  @Override
  public Integer call() {
    PrintWriter err = command.commandLine().getErr();
    ProfilePlan asked = ProfilePlan.parse(text(), plan.toString());
    Path file = OutFile.of(out, "latency.tsv");
    Profiling profiling = options.profiling();
    Optional<LatencyTable> table;
    try (StopSignals signals = StopSignals.heard(err::println);
        Screen screen = Screen.of(err)) {
      table = profiling.run(asked, screen, signals::stopping);
    }
    if (table.isEmpty()) {
      err.println("Stopped; nothing was written.");
      return ExitCode.FAILED.number();
    }
    AtomicFile.write(file, LatencyText.of(table.get()));
    command
        .commandLine()
        .getOut()
        .printf("%d operations: %s%n", table.get().timings().size(), file);
    return ExitCode.OK.number();
  }

  private String text() {
    try {
      return Files.readString(plan);
    } catch (IOException e) {
      throw new BadInputException(
          "%s: found no text that can be read (%s), expected a plan".formatted(plan, e), e);
    }
  }
}
