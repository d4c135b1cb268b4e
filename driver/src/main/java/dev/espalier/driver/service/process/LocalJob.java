package dev.espalier.driver.service.process;

import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.file.ProcessLock;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A job whose folder is one of the file system: a lock tells who runs it, and processes of this
 * machine write into it directly.
 *
 * @param path its folder
 */
public record LocalJob(Path path) {

  private static final int MOST_BYTES = 1 << 20;

  /** What the job did, for people. */
  public Path log() {
    return path.resolve("log");
  }

  /** More of the log behind a number of bytes; empty if there is no more. */
  public byte[] log(long offset) {
    if (!Files.exists(log())) {
      return new byte[0];
    }
    try (RandomAccessFile file = new RandomAccessFile(log().toFile(), "r")) {
      file.seek(offset);
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, file.length() - offset))];
      file.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + log(), e);
    }
  }

  /** What a process in the background printed. */
  public Path output() {
    return path.resolve("output");
  }

  /** What its workers may throw away. */
  public Path scratch() {
    return path.resolve("spark");
  }

  /** Loopback port of the metrics while the job runs. */
  public Path metricsPort() {
    return path.resolve("metrics.port");
  }

  /** Held by the process that runs the job. */
  public Path lock() {
    return path.resolve("lock");
  }

  /** Whether a process has ever begun with the job. */
  public boolean begun() {
    return Stream.of(starterFile(), output(), log()).anyMatch(Files::exists);
  }

  /** Whether a process runs the job. */
  public boolean running() {
    return ProcessLock.holder(lock()).isPresent();
  }

  /**
   * The process that runs the job or, once it was submitted, is about to; empty if there is none.
   */
  public Optional<ProcessHandle> process() {
    OptionalLong holder = ProcessLock.holder(lock());
    return holder.isPresent() ? ProcessHandle.of(holder.getAsLong()) : alive(starterFile());
  }

  /** Notes the process that is about to run the job. */
  public void starts(BackgroundProcess process) {
    AtomicFile.write(starterFile(), Json.text(process));
  }

  /** The process that was asked to stop, if it has not ended yet. */
  public Optional<ProcessHandle> stopping() {
    return alive(cancelFile());
  }

  /** Notes that a process was asked to stop. */
  public void stops(ProcessHandle process) {
    AtomicFile.write(cancelFile(), Json.text(BackgroundProcess.of(process)));
  }

  /** Loopback port of its metrics, or null while it does not run. */
  public @Nullable Integer port() {
    return running() && Files.exists(metricsPort())
        ? Json.read(metricsPort(), Integer.class)
        : null;
  }

  /**
   * The last line that its process in the background printed that is neither indented, as progress
   * and stack traces are, nor empty; null if there is none.
   */
  public @Nullable String lastOutput() {
    if (!Files.exists(output())) {
      return null;
    }
    return AtomicFile.read(output())
        .lines()
        .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
        .reduce((earlier, later) -> later)
        .orElse(null);
  }

  private static Optional<ProcessHandle> alive(Path file) {
    return Files.exists(file)
        ? Json.read(file, BackgroundProcess.class).handle()
        : Optional.empty();
  }

  private Path starterFile() {
    return path.resolve("starter");
  }

  private Path cancelFile() {
    return path.resolve("cancel");
  }
}
