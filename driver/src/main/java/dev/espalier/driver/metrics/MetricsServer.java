package dev.espalier.driver.metrics;

import dev.espalier.search.job.BadInputException;
import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;

/**
 * Serves a registry's metrics, and those of the JVM, under {@code /metrics}, and answers under
 * {@code /-/healthy} as long as the process lives.
 */
public final class MetricsServer implements AutoCloseable {

  private final HTTPServer server;

  private MetricsServer(HTTPServer server) {
    this.server = server;
  }

  /**
   * Starts to serve.
   *
   * @param option what people call the port
   * @param address to listen at
   * @param port TCP port, or 0 for a free one
   * @throws BadInputException if the port cannot be used
   */
  static MetricsServer start(
      String option, InetAddress address, int port, PrometheusRegistry registry) {
    try {
      HTTPServer server =
          HTTPServer.builder().inetAddress(address).port(port).registry(registry).buildAndStart();
      JvmMetrics.builder().register(registry);
      return new MetricsServer(server);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "%s: port %d of %s cannot be used (%s). Maybe take 0 for a free one?"
              .formatted(option, port, address.getHostAddress(), e.getMessage()),
          e);
    }
  }

  /** The port that is served. */
  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
