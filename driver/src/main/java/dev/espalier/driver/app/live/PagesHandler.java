package dev.espalier.driver.app.live;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers requests that only read. One that was sent to another name than this machine has for
 * itself is refused: a page of somebody else, whose name leads here, could read the answer (DNS
 * rebinding). Thread-safe.
 *
 * @param site what is at a path
 */
record PagesHandler(Function<String, Answer> site) implements HttpHandler {

  private static final Logger LOG = LoggerFactory.getLogger(PagesHandler.class);

  private static final String HEAD = "HEAD";
  private static final Set<String> METHODS = Set.of("GET", HEAD);

  /** Any port will do: that of a tunnel is another one. */
  private static final Pattern HERE =
      Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d{1,5})?", Pattern.CASE_INSENSITIVE);

  private static final Map<String, String> ALWAYS =
      Map.of(
          "X-Content-Type-Options", "nosniff",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "no-referrer",
          "Cache-Control", "no-store");

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      Headers headers = exchange.getResponseHeaders();
      ALWAYS.forEach(headers::set);
      answer.headers().forEach(headers::set);
      if (exchange.getRequestMethod().equals(HEAD)) {
        headers.set("Content-Length", "" + body.length);
        exchange.sendResponseHeaders(answer.status(), -1);
      } else {
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
      }
    }
  }

  private Answer answer(HttpExchange exchange) {
    if (!isForHere(exchange.getRequestHeaders().getOrDefault("Host", List.of()))) {
      return Answer.words(403, "Maybe open http://127.0.0.1 with the same port?");
    }
    if (!METHODS.contains(exchange.getRequestMethod())) {
      return Answer.words(405, "These pages can only be read.").with("Allow", "GET, HEAD");
    }
    try {
      return site.apply(Objects.requireNonNullElse(exchange.getRequestURI().getRawPath(), ""));
    } catch (RuntimeException e) {
      LOG.info("a page cannot be made", e);
      return Answer.words(500, "The page cannot be made; the log of the service says why.");
    }
  }

  private static boolean isForHere(List<String> hosts) {
    return hosts.size() == 1 && HERE.matcher(hosts.get(0)).matches();
  }
}
