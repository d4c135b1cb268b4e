package dev.espalier.driver.app.live;

import com.sun.net.httpserver.HttpServer;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Shows jobs on loopback, over HTTP, on threads of its own. */
public final class PagesServer implements AutoCloseable {

  /** More would only take cores from the jobs. */
  private static final int THREADS = 4;

  private final HttpServer server;
  private final ExecutorService threads;

  private PagesServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts to serve.
   *
   * @param option what people call the port
   * @param port TCP port, or 0 for a free one
   * @param site what is shown
   * @throws BadInputException if the port cannot be used
   */
  public static PagesServer start(String option, int port, JobSite site) {
    try {
      InetAddress loopback = InetAddress.getLoopbackAddress();
      HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
      ExecutorService threads = Executors.newFixedThreadPool(THREADS, PagesServer::thread);
      server.setExecutor(threads);
      server.createContext("/", new PagesHandler(site::answer));
      server.start();
      return new PagesServer(server, threads);
    } catch (IOException | IllegalArgumentException e) {
      throw new BadInputException(
          "%s: port %d cannot be used (%s). Maybe take 0 for a free one?"
              .formatted(option, port, e.getMessage()),
          e);
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pages");
    thread.setDaemon(true);
    return thread;
  }

  /** The port that is served. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Where to point a browser. */
  public String url() {
    return "http://127.0.0.1:%d/".formatted(port());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
