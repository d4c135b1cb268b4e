package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ShippedJarsTest {

  @TempDir Path folder;

  @Test
  void of_list_isTheFilesBesideIt() throws IOException {
    Path place = Files.createDirectory(folder.resolve("with spaces, and a comma"));
    Path list = Files.writeString(place.resolve("shipped.jars"), "./one.jar,./two-1.0.jar\n");

    assertThat(ShippedJars.of(list))
        .containsExactly(
            place.resolve("one.jar").toUri().toString(),
            place.resolve("two-1.0.jar").toUri().toString());
  }

  @Test
  void all_outsideOfTheLauncher_saysWhatIsMissing() {
    assertThatThrownBy(ShippedJars::all)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("shipped.jars is missing")
        .hasMessageContaining("Maybe start with deploy/bin/espalier?");
  }
}
