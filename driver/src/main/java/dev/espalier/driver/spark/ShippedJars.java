package dev.espalier.driver.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The jars that executors get from the driver, so that the machines of a cluster need nothing but
 * Spark: everything on the launcher's class path that a distribution of Spark does not have. The
 * build lists their names beside the jars.
 */
final class ShippedJars {

  private static final String LIST = "shipped.jars";

  private ShippedJars() {}

  /** The jars, as addresses. */
  static List<String> all() {
    Path own;
    try {
      own = Path.of(ShippedJars.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("classes come from a file", e);
    }
    return of(own.resolveSibling(LIST));
  }

  /**
   * The jars of a list, which lie beside it.
   *
   * @throws IllegalStateException if there is no list
   */
  static List<String> of(Path list) {
    if (!Files.exists(list)) {
      throw new IllegalStateException(
          "%s is missing, expected the names of the jars that the workers of a cluster need. Maybe start with deploy/bin/espalier?"
              .formatted(list));
    }
    try {
      return Stream.of(Files.readString(list).strip().split(","))
          .map(list::resolveSibling)
          .map(Path::normalize)
          .map(Path::toUri)
          .map(URI::toString)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + list, e);
    }
  }
}
