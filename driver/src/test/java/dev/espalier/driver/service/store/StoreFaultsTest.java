package dev.espalier.driver.service.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.journal.FencedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import org.junit.jupiter.api.Test;

class StoreFaultsTest {

  @Test
  void mayPass_fileThatCannotBeUsed_mayPass() {
    assertThat(mayPass(new IOException("connection refused"))).isTrue();
    assertThat(mayPass(new IOException())).isTrue();
  }

  @Test
  void mayPass_fullDisk_doesNot() {
    assertThat(mayPass(new FileSystemException("a", null, "No space left on device"))).isFalse();
    assertThat(mayPass(new IOException("Disk quota exceeded"))).isFalse();
  }

  @Test
  void mayPass_anotherOwner_doesNot() {
    assertThat(mayPass(new FencedException(1, 2))).isFalse();
  }

  @Test
  void mayPass_noFile_doesNot() {
    assertThat(StoreFaults.mayPass(new IllegalStateException("a bug"))).isFalse();
  }

  private static boolean mayPass(IOException fault) {
    return StoreFaults.mayPass(
        new IllegalStateException("outer", new UncheckedIOException("cannot write", fault)));
  }
}
