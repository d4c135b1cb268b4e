package dev.espalier.driver.service.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.lock.LockFile;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessLockTest {

  @TempDir private Path folder;

  @Test
  void lock_held_isFreeOnlyWhenGivenBack() {
    Path file = folder.resolve("lock");

    try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(ProcessLock.holder(file)).hasValue(ProcessHandle.current().pid());
      assertThat(ProcessLock.take(file)).isEmpty();
    }

    assertThat(ProcessLock.holder(file)).isEmpty();
    assertThat(ProcessLock.holder(folder.resolve("absent"))).isEmpty();
    ProcessLock.take(file).orElseThrow().close();
  }

  /** The system drops all locks of a process on a file as soon as it closes the file once. */
  @Test
  void lock_askedForAgainInItsProcess_staysHeldForOthers() throws Exception {
    Path file = folder.resolve("lock");
    Path link = Files.createSymbolicLink(folder.resolve("link"), folder);

    try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
      assertThat(lock).isNotNull();
      assertThat(ProcessLock.take(file)).isEmpty();
      assertThat(ProcessLock.take(link.resolve("lock"))).isEmpty();
      assertThat(ProcessLock.holder(link.resolve("lock"))).isPresent();

      assertThat(otherProcess(file)).isEqualTo("" + ProcessHandle.current().pid());
    }
    assertThat(otherProcess(file)).isEqualTo("free");
  }

  @Test
  void take_manyThreadsAtOnce_givesItToOne() {
    Path file = folder.resolve("lock");
    AtomicInteger holders = new AtomicInteger();

    long taken =
        IntStream.range(0, 16)
            .parallel()
            .mapToObj(i -> ProcessLock.take(file))
            .flatMap(Optional::stream)
            .peek(lock -> assertThat(holders.incrementAndGet()).isEqualTo(1))
            .count();

    assertThat(taken).isEqualTo(1);
  }

  @Test
  void await_heldLock_saysSoOnceAndTakesItWhenItIsFree() {
    Path file = folder.resolve("lock");
    ProcessLock first = ProcessLock.take(file).orElseThrow();

    Optional<ProcessLock> second = ProcessLock.await(file, () -> false, first::close);

    assertThat(second).isPresent();
    second.orElseThrow().close();
  }

  @Test
  void await_heldLockAndAskedToStop_isEmpty() {
    Path file = folder.resolve("lock");
    AtomicInteger waits = new AtomicInteger();

    try (ProcessLock lock = ProcessLock.take(file).orElseThrow()) {
      assertThat(ProcessLock.await(file, () -> true, waits::incrementAndGet)).isEmpty();
      assertThat(lock).isNotNull();
    }
    assertThat(waits).hasValue(1);
  }

  @Test
  void holder_noNumberInTheFile_isRefusedByItsText() throws Exception {
    Path file = folder.resolve("lock");

    try (LockFile lock = LockFile.take(file).orElseThrow()) {
      lock.write("not a number");

      assertThatThrownBy(() -> ProcessLock.holder(file))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("lock: found 'not a number', expected the number of the process");
    }
    assertThat(ProcessLock.holder(file)).isEmpty();
  }

  private static String otherProcess(Path file) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xshare:auto",
                "-cp",
                System.getProperty("java.class.path"),
                Holder.class.getName(),
                file.toString())
            .redirectError(new File("/dev/null"))
            .start();
    String answer = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    return answer;
  }

  /** Prints who holds a lock. */
  static final class Holder {

    public static void main(String[] arguments) {
      var holder = ProcessLock.holder(Path.of(arguments[0]));
      System.out.println(holder.isPresent() ? holder.getAsLong() : "free");
    }
  }
}
