package dev.espalier.driver.report.page;

import dev.espalier.search.digest.Sha256;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a browser may do with a page that is served: apply and run what the page itself is made of,
 * known by its SHA-256, and load nothing (Content Security Policy, Level 3). So a script that got
 * into a page by a name would not run.
 */
final class ContentPolicy {

  private ContentPolicy() {}

  /**
   * The value of the header.
   *
   * @param styles all that stands between tags of styles
   * @param scripts all that stands between tags of scripts
   */
  static String of(List<String> styles, List<String> scripts) {
    return "default-src 'none'; style-src %s; script-src %s; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
        .formatted(digests(styles), digests(scripts));
  }

  private static String digests(List<String> texts) {
    return texts.isEmpty()
        ? "'none'"
        : texts.stream().map(ContentPolicy::digest).collect(Collectors.joining(" "));
  }

  private static String digest(String text) {
    byte[] bytes = HexFormat.of().parseHex(Sha256.of(text));
    return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(bytes));
  }
}
