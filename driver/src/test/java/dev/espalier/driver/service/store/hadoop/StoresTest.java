package dev.espalier.driver.service.store.hadoop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {

  @TempDir private Path folder;

  @AfterEach
  void forgetSettings() {
    System.getProperties().keySet().removeIf(name -> name.toString().startsWith("spark.hadoop."));
  }

  @Test
  void open_pathOrFileUri_isTheSameFolder() {
    Store path = Stores.write(folder.toString());
    Store uri = Stores.read(folder.toUri().toString());

    assertThat(path.jobs().local()).contains(folder.resolve("jobs"));
    assertThat(uri.jobs()).isEqualTo(path.jobs());
    assertThat(uri.pruningNets()).isEqualTo(path.pruningNets()).isPresent();
  }

  @Test
  void write_storeThatLooksTooEarly_isRefused() {
    System.setProperty("spark.hadoop.fs.memory.impl", MemoryStore.class.getName());

    assertThatThrownBy(() -> Stores.write("memory://old-bucket/store"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("two could create the same object", "expected that only one can");
    assertThat(Stores.read("memory://old-bucket/store").jobs().names()).isEmpty();
  }

  @Test
  void write_storeThatShowsObjectsTooEarly_isRefused() {
    System.setProperty("spark.hadoop.fs.early.impl", Early.class.getName());

    assertThatThrownBy(() -> Stores.write("early:" + folder.resolve("store")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("early shows objects before they are whole, expected HDFS");
  }

  @Test
  void open_nobodyListens_isRefused() throws Exception {
    System.setProperty("spark.hadoop.ipc.client.connect.max.retries", "0");
    int free;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      free = socket.getLocalPort();
    }

    assertThatThrownBy(() -> Stores.read("hdfs://127.0.0.1:%d/store".formatted(free)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nobody answers at 127.0.0.1:" + free);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3a://bucket/store | there is no client for 's3a' here. Maybe put hadoop-aws-3.4.2.jar",
        "nonsense://bucket/store | there is no client for 'nonsense' here",
        "hdfs://no-such-host.invalid/store | the host 'no-such-host.invalid' is not known",
        "s3a://key:secret@bucket/store | a password in a URI can be seen by all",
        "hdfs:relative | no path begins with a slash",
        "hdfs://host:port/ store | expected a folder or a URI like hdfs://HOST:PORT/espalier",
        "file://elsewhere/store | expected a folder or a URI like file:///shared/espalier"
      })
  void open_placeThatCannotBe_isRefusedInWords(String place, String complaint) {
    System.setProperty("spark.hadoop.ipc.client.connect.max.retries", "0");

    assertThatThrownBy(() -> Stores.read(place))
        .isInstanceOf(BadInputException.class)
        .hasMessageStartingWith("--store")
        .hasMessageContaining(complaint);
  }

  /** Files that can be seen while they are written. */
  public static final class Early extends RawLocalFileSystem {

    @Override
    public java.net.URI getUri() {
      return java.net.URI.create("early:///");
    }
  }
}
