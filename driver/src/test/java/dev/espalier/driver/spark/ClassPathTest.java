package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.Version;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.spi.SLF4JServiceProvider;

/** Spark and this project share one class path: what both bring must be the same. */
final class ClassPathTest {

  @Test
  void slf4j_providers_areSparksAlone() {
    assertThat(ServiceLoader.load(SLF4JServiceProvider.class))
        .extracting(provider -> provider.getClass().getName())
        .containsExactly("org.apache.logging.slf4j.SLF4JServiceProvider");
  }

  @Test
  void jackson_modules_haveOneVersion() {
    assertThat(
            Stream.of(
                    com.fasterxml.jackson.core.json.PackageVersion.VERSION,
                    com.fasterxml.jackson.databind.cfg.PackageVersion.VERSION,
                    com.fasterxml.jackson.dataformat.yaml.PackageVersion.VERSION,
                    new com.fasterxml.jackson.module.scala.DefaultScalaModule().version())
                .map(Version::toString)
                .distinct())
        .hasSize(1);
  }
}
