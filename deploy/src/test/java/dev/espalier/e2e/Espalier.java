package dev.espalier.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * The launcher, started as users start it: a process of its own for each command.
 *
 * @param launcher the script
 * @param home of all its commands
 * @param scratch folder for what processes print
 * @param environment variables of its processes, beside those of the launcher
 */
record Espalier(Path launcher, Path home, Path scratch, Map<String, String> environment) {

  static final Path LAUNCHER = Path.of("bin", "espalier").toAbsolutePath();

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  /** Processes that live for seconds only: they start in half the time so. */
  private static final String SMALL = "-Xmx1g -XX:+UseSerialGC -XX:TieredStopAtLevel=1";

  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * With a home of its own in a folder, for processes that live for longer.
   *
   * @param options of their JVMs
   */
  static Espalier withOptions(String options, Path folder, String home) throws IOException {
    return new Espalier(
        LAUNCHER,
        Files.createDirectories(folder.resolve(home)),
        folder,
        Map.of("ESPALIER_JAVA_OPTIONS", options));
  }

  /**
   * What a process came to.
   *
   * @param code exit code
   * @param out standard output
   * @param err standard error
   */
  record Ended(int code, String out, String err) {

    JsonNode json() {
      try {
        return JSON.readTree(out);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + out, e);
      }
    }
  }

  /**
   * A process under way.
   *
   * @param process the process; the launcher becomes the JVM, so signals reach it
   * @param out file of its standard output
   * @param err file of its standard error
   */
  record Running(Process process, Path out, Path err) {

    Ended end() throws Exception {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + Files.readString(err));
      }
      return new Ended(process.exitValue(), Files.readString(out), Files.readString(err));
    }

    /** Waits for a line of standard error that has something like this. */
    void await(String pattern) throws Exception {
      Pattern wanted = Pattern.compile(pattern);
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!wanted.matcher(Files.readString(err)).find()) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError(
              "never printed '%s', but: %s".formatted(pattern, Files.readString(err)));
        }
        Thread.sleep(5);
      }
    }

    /** Waits for some text on standard output. */
    void awaitOutput(String text) throws Exception {
      long end = System.nanoTime() + PATIENCE.toNanos();
      while (!Files.readString(out).contains(text)) {
        if (System.nanoTime() > end || !process.isAlive()) {
          throw new AssertionError(
              "never printed '%s', but: %s".formatted(text, Files.readString(err)));
        }
        Thread.sleep(20);
      }
    }

    /** SIGKILL. */
    void kill() throws Exception {
      process.destroyForcibly().waitFor();
    }

    /** SIGTERM. */
    void terminate() {
      process.destroy();
    }
  }

  Espalier(Path launcher, Path home, Path scratch) {
    this(launcher, home, scratch, Map.of());
  }

  static Espalier in(Path folder) {
    return new Espalier(LAUNCHER, folder.resolve("home"), folder);
  }

  Ended run(String... arguments) throws Exception {
    return start(arguments).end();
  }

  /** Runs commands as someone types them, in the folder that keeps what they print. */
  Ended shell(String commands) throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", "-c", commands);
    builder.environment().merge("PATH", "" + launcher.getParent(), (path, bin) -> bin + ":" + path);
    return launch(builder).end();
  }

  Running start(String... arguments) throws IOException {
    return launch(new ProcessBuilder(words(launcher, arguments)));
  }

  private Running launch(ProcessBuilder builder) throws IOException {
    builder.environment().put("ESPALIER_HOME", home.toString());
    builder.environment().put("ESPALIER_BUILD", "never");
    builder.environment().put("ESPALIER_JAVA_OPTIONS", SMALL);
    builder.environment().putAll(environment);
    return start(builder, scratch);
  }

  /** A script and its arguments. */
  static List<String> words(Path script, String... arguments) {
    List<String> command = new ArrayList<>(List.of(script.toString()));
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  /** Starts a process in a folder that keeps what it prints. */
  static Running start(ProcessBuilder builder, Path scratch) throws IOException {
    Path out = Files.createTempFile(scratch, "out", ".txt");
    Path err = Files.createTempFile(scratch, "err", ".txt");
    builder.directory(scratch.toFile()).redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Running(builder.start(), out, err);
  }

  /** The folder of a job. */
  Path job(String id) {
    return home.resolve("jobs").resolve(id);
  }

  /** The status file of a job, as soon as it says what is waited for. */
  JsonNode awaitStatus(String id, Predicate<JsonNode> wanted) throws Exception {
    Path file = job(id).resolve("status.json");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (System.nanoTime() < end) {
      if (Files.exists(file)) {
        JsonNode status = JSON.readTree(Files.readString(file));
        if (wanted.test(status)) {
          return status;
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("job %s never came so far: %s".formatted(id, Files.readString(file)));
  }

  /** What a finished job found: its front and what it confirmed, every figure of it. */
  String findings(String id) throws IOException {
    JsonNode report = JSON.readTree(Files.readString(job(id).resolve("report.json")));
    return report.path("front").toPrettyString() + report.path("confirmed").toPrettyString();
  }

  /** What a job has fine-tuned, and what it is compared with, as its report says. */
  String fineTuned(String id) throws IOException {
    JsonNode report = JSON.readTree(Files.readString(job(id).resolve("report.json")));
    return report.path("fineTuned").toPrettyString() + report.path("unpruned").toPrettyString();
  }
}
