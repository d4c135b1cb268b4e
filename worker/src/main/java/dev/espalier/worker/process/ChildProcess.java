package dev.espalier.worker.process;

import dev.espalier.search.evaluation.Outcome.Failed;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.failure.EvaluationFailedException;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.serial.Messages;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A JVM of the same class path and the same heap as this one, that answers one request after
 * another over its standard input and output. It listens nowhere, and ends when this process does.
 * What it writes to its standard error goes to the log.
 *
 * <p>Used by one thread.
 */
final class ChildProcess implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final Duration TICK = Duration.ofMillis(50);
  private static final Duration LAST_WORDS = Duration.ofSeconds(5);
  private static final int SIGNAL = 128;

  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final ExecutorService talk;

  private ChildProcess(Process process) {
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(process.getInputStream());
    this.talk = Executors.newSingleThreadExecutor(work -> daemon("talk", work));
  }

  /** Starts a child that has opened nothing yet. */
  static ChildProcess start() {
    ProcessBuilder builder = new ProcessBuilder(command());
    builder.environment().putIfAbsent("OMP_WAIT_POLICY", "PASSIVE");
    try {
      ChildProcess child = new ChildProcess(builder.start());
      child.daemon("words", child::logWords).start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start a process for evaluations", e);
    }
  }

  /** Number of the process. */
  long pid() {
    return process.pid();
  }

  /** Whether it can be asked: it was not closed, and has not ended by itself. */
  boolean isAlive() {
    // The process of a closed child may still be about to end.
    return !talk.isShutdown() && process.isAlive();
  }

  /**
   * Sends a request and waits for its answer. If anything else comes of it the child is ended: its
   * state is not to be trusted.
   *
   * @param whileWaiting asked all the time; what it throws ends the waiting
   * @return the body of the answer
   * @throws EvaluationFailedException if the child says so, or is lost
   * @throws BadInputException if the child cannot use a file
   */
  byte[] ask(Frame request, Checkpoint whileWaiting) {
    boolean answered = false;
    try {
      byte[] body = body(await(request, whileWaiting));
      answered = true;
      return body;
    } finally {
      if (!answered) {
        close();
      }
    }
  }

  /** Ends the child at once, whatever it does. */
  @Override
  public void close() {
    process.destroyForcibly();
    talk.shutdownNow();
  }

  private Frame await(Frame request, Checkpoint whileWaiting) {
    Future<Frame> answer =
        talk.submit(
            () -> {
              request.writeTo(requests);
              return Frame.readFrom(answers);
            });
    try {
      while (true) {
        try {
          return answer.get(TICK.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          whileWaiting.check();
        }
      }
    } catch (ExecutionException e) {
      throw new EvaluationFailedException(new Failed(Failed.Kind.LOST, obituary()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CancellationException("interrupted while a process evaluated");
    }
  }

  private static byte[] body(Frame answer) {
    switch (answer.kind()) {
      case DONE -> {
        return answer.body();
      }
      case FAILED ->
          throw new EvaluationFailedException(Messages.decode(answer.body(), Failed.class));
      case BAD_INPUT ->
          throw new BadInputException(new String(answer.body(), StandardCharsets.UTF_8));
      default -> throw new IllegalStateException("a request as an answer: " + answer.kind());
    }
  }

  /** How the child ended, for people. */
  private String obituary() {
    int code = 0;
    try {
      if (!process.waitFor(LAST_WORDS.toMillis(), TimeUnit.MILLISECONDS)) {
        return "the evaluation process wrote what is no answer";
      }
      code = process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return code > SIGNAL
        ? "the evaluation process was ended by signal %d".formatted(code - SIGNAL)
        : "the evaluation process ended with exit code %d".formatted(code);
  }

  private void logWords() {
    try (BufferedReader words = process.errorReader(StandardCharsets.UTF_8)) {
      words.lines().forEach(line -> LOG.warn("evaluation process {}: {}", pid(), line));
    } catch (IOException | UncheckedIOException e) {
      LOG.debug("evaluation process {} is closed", pid(), e);
    }
  }

  private Thread daemon(String purpose, Runnable work) {
    Thread thread = new Thread(work, "evaluation-process-%d-%s".formatted(pid(), purpose));
    thread.setDaemon(true);
    return thread;
  }

  /** The command that starts a child. */
  static List<String> command() {
    String temporary = System.getProperty("java.io.tmpdir");
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx%dm".formatted(Runtime.getRuntime().maxMemory() >> 20),
        "-XX:+UseSerialGC",
        // Its standard output is for answers alone.
        "-XX:+DisplayVMOutputToStderr",
        "-XX:-CreateCoredumpOnCrash",
        "-XX:ErrorFile=" + Path.of(temporary, "espalier-crash-%p.log"),
        "-Djava.io.tmpdir=" + temporary,
        "-Djava.awt.headless=true",
        "-Dai.djl.offline=true",
        "-Djdk.serialFilter=" + System.getProperty("jdk.serialFilter", ""),
        "-cp",
        classPath(ChildProcess.class.getClassLoader()),
        EvaluationProcess.class.getName());
  }

  /**
   * The class path of this JVM, and the jars that a loader of its own adds: an executor of a
   * cluster has ours from the driver.
   */
  static String classPath(ClassLoader loader) {
    String own = System.getProperty("java.class.path");
    if (loader instanceof URLClassLoader added) {
      return Stream.concat(
              Stream.of(own),
              Stream.of(added.getURLs()).map(url -> Path.of(URI.create(url.toString())).toString()))
          .collect(Collectors.joining(File.pathSeparator));
    }
    return own;
  }
}
