package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HomeTest {

  private static final Path USER = Path.of("/home/user");

  @Test
  void of_option_winsOverVariable() {
    Home home = Home.of(Path.of("/a/b/../c"), Map.of("ESPALIER_HOME", "/d"), USER);

    assertThat(home.root()).isEqualTo(Path.of("/a/c"));
  }

  @Test
  void of_variable_winsOverDefault() {
    assertThat(Home.of(null, Map.of("ESPALIER_HOME", "/d"), USER).jobs())
        .isEqualTo(Path.of("/d/jobs"));
  }

  @Test
  void of_nothing_isFolderOfTheUser() {
    assertThat(Home.of(null, Map.of("ESPALIER_HOME", " "), USER).root())
        .isEqualTo(Path.of("/home/user/.espalier"));
  }
}
