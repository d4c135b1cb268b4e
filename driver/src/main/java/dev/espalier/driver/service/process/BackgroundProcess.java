package dev.espalier.driver.service.process;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A process of this machine that may be alive still.
 *
 * @param process its id
 * @param begun when it began, as another process may get the same id later; null if the system does
 *     not tell
 */
public record BackgroundProcess(long process, @Nullable Instant begun) {

  /** The system counts from its own start, which it knows to a second or so. */
  private static final Duration SAME_BEGIN = Duration.ofSeconds(5);

  /**
   * Starts Espalier once more, in a process of its own that outlives the terminal.
   *
   * @param mainClass where the process begins
   * @param arguments of the command line
   * @param output receives what it prints
   */
  public static BackgroundProcess start(String mainClass, List<String> arguments, Path output) {
    List<String> command = new ArrayList<>();
    // A session of its own: neither the end of the terminal nor its Ctrl-C reaches the process.
    program("setsid").or(() -> program("nohup")).ifPresent(command::add);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> !option.startsWith("-Despalier.terminal"))
        .forEach(command::add);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), mainClass));
    command.addAll(arguments);
    try {
      return of(
          new ProcessBuilder(command)
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
              .start()
              .toHandle());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + command.get(0), e);
    }
  }

  /** A process that is alive now. */
  public static BackgroundProcess of(ProcessHandle handle) {
    return new BackgroundProcess(handle.pid(), handle.info().startInstant().orElse(null));
  }

  /** Its handle; empty once it has ended. */
  public Optional<ProcessHandle> handle() {
    return ProcessHandle.of(process).filter(ProcessHandle::isAlive).filter(this::isMeant);
  }

  private boolean isMeant(ProcessHandle handle) {
    Optional<Instant> found = handle.info().startInstant();
    return begun == null
        || found.isEmpty()
        || Duration.between(begun, found.get()).abs().compareTo(SAME_BEGIN) < 0;
  }

  private static Optional<String> program(String name) {
    return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
        .map(folder -> Path.of(folder, name))
        .filter(Files::isExecutable)
        .map(Path::toString)
        .findFirst();
  }
}
