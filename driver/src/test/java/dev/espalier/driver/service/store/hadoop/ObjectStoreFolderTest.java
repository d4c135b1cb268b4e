package dev.espalier.driver.service.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.FolderContract;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A store without folders, renames or appends, as S3 is one. */
class ObjectStoreFolderTest extends FolderContract {

  private static final String CLIENT = "spark.hadoop.fs.memory.impl";

  @BeforeAll
  static void install() {
    System.setProperty(CLIENT, MemoryStore.class.getName());
  }

  @AfterAll
  static void remove() {
    System.clearProperty(CLIENT);
  }

  @Override
  protected Folder open() {
    return Stores.write("memory://%s/a/store".formatted(UUID.randomUUID())).jobs();
  }

  @Test
  void open_store_leavesNothingOfTheProbe() {
    String uri = "memory://%s/store".formatted(UUID.randomUUID());
    Stores.write(uri);

    assertThat(Stores.read(uri).jobs().exists()).isFalse();
  }

  @Test
  void createOwn_replyLost_knowsItsObjectAgain() {
    String bucket = UUID.randomUUID().toString();
    Folder folder = Stores.write("memory://%s/store".formatted(bucket)).jobs();
    MemoryStore.loseReplies(bucket);

    assertThat(folder.create("plain", new byte[] {1})).isFalse();
    assertThat(folder.createOwn("own", new byte[] {1})).isTrue();
    assertThat(folder.createOwn("own", new byte[] {2})).isFalse();
    assertThat(folder.read("own")).contains(new byte[] {1});
  }
}
