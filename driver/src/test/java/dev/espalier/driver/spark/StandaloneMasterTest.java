package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StandaloneMasterTest {

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://host",
        "spark://:7077",
        "spark://a b:1",
        "spark://h:1,",
        "spark://h:70777"
      })
  void parse_noAddress_isBadInput(String url) {
    assertThatThrownBy(() -> StandaloneMaster.parse(url))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("evaluation.master is '" + url + "'")
        .hasMessageContaining("spark://HOST:PORT");
  }

  @Test
  void isLoopback_allMastersOrSome_isSoForAllOnly() {
    assertThat(StandaloneMaster.parse("spark://127.0.0.1:7077").isLoopback()).isTrue();
    assertThat(StandaloneMaster.parse("spark://127.0.0.1:1,127.0.0.2:2").isLoopback()).isTrue();
    assertThat(StandaloneMaster.parse("spark://127.0.0.1:1,192.0.2.1:2").isLoopback()).isFalse();
  }

  @Test
  void requireListening_oneOfTwoListens_isEnough() throws IOException {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    StandaloneMaster nobody = StandaloneMaster.parse("spark://127.0.0.1:" + closed);
    assertThatThrownBy(nobody::requireListening)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("nobody listens there");

    try (ServerSocket open = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      StandaloneMaster.parse("%s,127.0.0.1:%d".formatted(nobody.url(), open.getLocalPort()))
          .requireListening();
    }
  }

  @Test
  void secret_fileOfItsOwnerAlone_isRead() throws IOException {
    assertThat(secret("rw-------", "abc\n")).isEqualTo("abc");
  }

  @Test
  void secret_missingEmptyOrOpenToOthers_isBadInput() {
    assertThatThrownBy(() -> master().secret(folder.resolve("none")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none: no such file, expected the secret of the cluster at spark://");
    assertThatThrownBy(() -> secret("rw-------", "\n"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("empty");
    assertThatThrownBy(() -> secret("rw-r-----", "abc"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("found a secret of mode 640, expected 600");
  }

  private String secret(String permissions, String text) throws IOException {
    Path file = folder.resolve("secret");
    Files.deleteIfExists(file);
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
    return master().secret(file);
  }

  private static StandaloneMaster master() {
    return StandaloneMaster.parse("spark://127.0.0.1:7077");
  }
}
