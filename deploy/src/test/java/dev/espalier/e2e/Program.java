package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Runs the launcher in processes of its own, over one home.
 *
 * @param launcher path of the launcher script
 * @param home the home that every command uses
 */
record Program(Path launcher, Path home) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** What a finished process left. */
  record Finished(int exit, String out, String err) {}

  /** The launcher of this checkout. */
  static Path launcherOfThisCheckout() {
    return Path.of("bin", "espalier").toAbsolutePath();
  }

  /** Runs a command to its end. */
  Finished run(String... arguments) throws IOException, InterruptedException {
    Path out = Files.createTempFile(home, "out", "");
    Path err = Files.createTempFile(home, "err", "");
    Process process = start(out, err, arguments);
    assertThat(process.waitFor(240, TimeUnit.SECONDS)).as("ends: %s", List.of(arguments)).isTrue();
    return new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
  }

  /** Starts a command whose output nobody reads. */
  Process start(String... arguments) throws IOException {
    Path log = Files.createTempFile(home, "log", "");
    return start(log, log, arguments);
  }

  private Process start(Path out, Path err, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("ESPALIER_HOME", home.toString());
    // The build that runs this test has just made the jars.
    builder.environment().put("ESPALIER_BUILD", "never");
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(out.toFile()));
    builder.redirectError(ProcessBuilder.Redirect.appendTo(err.toFile()));
    return builder.start();
  }

  /** The file of a job, as JSON; an empty document while it is not there. */
  JsonNode file(String job, String name) throws IOException {
    Path file = home.resolve("jobs").resolve(job).resolve(name);
    return Files.exists(file) ? JSON.readTree(file.toFile()) : JSON.createObjectNode();
  }

  /** Waits until the job's status is as expected, then kills the process without warning. */
  void killWhen(Process process, String job, Predicate<JsonNode> status)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (!status.test(file(job, "status.json"))) {
      assertThat(process.isAlive()).as("the job still runs").isTrue();
      assertThat(System.nanoTime()).as("in time").isLessThan(end);
      Thread.sleep(50);
    }
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }
}
