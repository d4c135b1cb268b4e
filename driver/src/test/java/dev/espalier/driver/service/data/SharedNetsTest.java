package dev.espalier.driver.service.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.MemoryFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedNetsTest {

  @TempDir private Path homes;
  private final Folder store = new MemoryFolder();
  private final SharedNets nets = new SharedNets(store);

  @Test
  void publish_anotherHomeWasFirst_bothHaveItsBits() throws Exception {
    Path first = Files.writeString(homes.resolve("first"), "trained on two cores");
    Path second = Files.writeString(homes.resolve("second"), "trained on four cores");

    nets.publish("digest", first);
    nets.publish("digest", second);

    assertThat(first).hasContent("trained on two cores");
    assertThat(second).hasContent("trained on two cores");
  }

  @Test
  void fetch_netOfAnotherHome_isCopiedOnceAndOnlyIfThereIsNone() throws Exception {
    Path file = homes.resolve("new/home/net");
    nets.fetch("digest", file);
    assertThat(file).doesNotExist();

    nets.publish("digest", Files.writeString(homes.resolve("first"), "bits"));
    nets.fetch("digest", file);
    assertThat(file).hasContent("bits");

    nets.fetch("another", file);
    assertThat(file).hasContent("bits");
  }
}
