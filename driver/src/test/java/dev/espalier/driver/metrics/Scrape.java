package dev.espalier.driver.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What Prometheus would read. */
public final class Scrape {

  private Scrape() {}

  /** The metrics of a server as text. */
  public static String text(MetricsServer server) {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(server.port()));
    try (var in = uri.toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
