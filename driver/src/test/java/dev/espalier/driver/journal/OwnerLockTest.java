package dev.espalier.driver.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerLockTest {

  @TempDir Path folder;

  @Test
  void take_alreadyTaken_isRefusedNamingTheFolder() throws IOException {
    try (OwnerLock lock = OwnerLock.take(folder)) {
      assertThat(lock).isNotNull();
      assertThat(OwnerLock.isTaken(folder)).isTrue();
      assertThatExceptionOfType(BadInputException.class)
          .isThrownBy(() -> OwnerLock.take(folder))
          .withMessageContainingAll(folder.toString(), "running already");
    }
  }

  @Test
  void close_taken_letsTheNextOneTakeIt() throws IOException {
    OwnerLock.take(folder).close();

    assertThat(OwnerLock.isTaken(folder)).isFalse();
    OwnerLock.take(folder).close();
  }

  @Test
  void isTaken_noFolder_isFalse() throws IOException {
    assertThat(OwnerLock.isTaken(folder.resolve("none"))).isFalse();
  }

  @Test
  void take_anotherProcessHasIt_isRefusedUntilThatProcessDies() throws Exception {
    Process owner =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      assertThat(owner.getInputStream().read()).isEqualTo('t');
      assertThat(OwnerLock.isTaken(folder)).isTrue();
      assertThatExceptionOfType(BadInputException.class).isThrownBy(() -> OwnerLock.take(folder));
    } finally {
      owner.destroyForcibly().waitFor();
    }

    assertThat(OwnerLock.isTaken(folder)).isFalse();
  }

  /** Takes the lock of a folder, says so, and keeps it until it is killed. */
  static final class OwnerProcess {

    private OwnerProcess() {}

    public static void main(String[] arguments) throws Exception {
      try (OwnerLock lock = OwnerLock.take(Path.of(arguments[0]))) {
        System.out.write('t');
        System.out.flush();
        Thread.sleep(60_000);
      }
    }
  }
}
