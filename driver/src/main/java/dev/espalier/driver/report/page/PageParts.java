package dev.espalier.driver.report.page;

import com.samskivert.mustache.Mustache;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/**
 * What pages are put together from: templates, styles and scripts that are packed with the code.
 */
final class PageParts {

  private static final String CHARTS =
      "META-INF/resources/webjars/chart.js/%s/dist/chart.umd.min.js";
  private static final String CHARTS_VERSION =
      "META-INF/maven/org.webjars.npm/chart.js/pom.properties";

  private PageParts() {}

  /** A template beside this class, filled with values, of which none can become markup. */
  static String fill(String template, Map<String, ?> values) {
    return Mustache.compiler()
        .zeroIsFalse(true)
        .emptyStringIsFalse(true)
        .compile(own(template))
        .execute(values);
  }

  /** A file beside this class. */
  static String own(String name) {
    return text(PageParts.class.getPackageName().replace('.', '/') + "/" + name);
  }

  /** The script that draws charts. */
  static String charts() {
    Properties version = new Properties();
    try (InputStream in = open(CHARTS_VERSION)) {
      version.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + CHARTS_VERSION, e);
    }
    return text(CHARTS.formatted(version.getProperty("version")));
  }

  private static String text(String resource) {
    try (InputStream in = open(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + resource, e);
    }
  }

  private static InputStream open(String resource) {
    return Objects.requireNonNull(
        PageParts.class.getClassLoader().getResourceAsStream(resource), resource);
  }
}
