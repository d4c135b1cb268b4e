package dev.espalier.driver.app.live;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param headers beside those that every answer has
 * @param body in words or as HTML
 */
record Answer(int status, Map<String, String> headers, String body) {

  private static final Duration REFRESH = Duration.ofSeconds(5);

  /** Copies the headers. */
  Answer {
    headers = Map.copyOf(headers);
  }

  /**
   * A page.
   *
   * @param policy what a browser may do with it
   */
  static Answer page(String html, String policy) {
    return new Answer(
        200,
        Map.of("Content-Type", "text/html; charset=utf-8", "Content-Security-Policy", policy),
        html);
  }

  /** A line of text, and why there is no page. */
  static Answer words(int status, String line) {
    return new Answer(
        status,
        Map.of(
            "Content-Type", "text/plain; charset=utf-8",
            "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
        line + "\n");
  }

  /** The same answer, which a browser asks for again every few seconds. */
  Answer refreshed() {
    return with("Refresh", "" + REFRESH.toSeconds());
  }

  /** The same answer with one more header. */
  Answer with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, body);
  }
}
