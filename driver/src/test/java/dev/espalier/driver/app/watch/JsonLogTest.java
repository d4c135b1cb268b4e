package dev.espalier.driver.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.config.AbstractConfiguration;
import org.apache.logging.log4j.core.config.ConfigurationFactory;
import org.apache.logging.log4j.core.config.composite.CompositeConfiguration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Logs for machines: what {@code ESPALIER_LOG=json} has the launcher choose. */
class JsonLogTest {

  private static final int LINES = 200;

  @TempDir private Path folder;

  /** Two threads must not be the first to ask for SLF4J at the same moment. */
  @BeforeAll
  static void startLogging() {
    assertThat(LoggerFactory.getLogger(JsonLogTest.class)).isNotNull();
  }

  @Test
  void lines_ofTwoJobsSideBySide_areObjectsWithTheRightJob() throws Exception {
    try (LoggerContext json = context();
        JobLog process = JobLog.ofProcess(folder.resolve("service"))) {
      List<Thread> threads = new ArrayList<>();
      for (String job : List.of("first-1", "second-1")) {
        threads.add(new Thread(() -> work(json, job)));
      }
      for (Thread thread : threads) {
        thread.start();
      }
      for (Thread thread : threads) {
        thread.join();
      }
      json.getLogger("service").info("of no job\nin two \"lines\"");
    }

    for (String job : List.of("first-1", "second-1")) {
      List<JsonNode> lines = read(folder.resolve(job));
      assertThat(lines).hasSize(LINES + 1);
      for (JsonNode line : lines) {
        assertThat(line.path("job").asText()).isEqualTo(job);
        assertThat(line.path("message").asText()).endsWith(job);
        assertThat(line.path("level").asText()).isIn("INFO", "WARN");
        assertThat(line.path("logger").asText()).isEqualTo("worker");
        assertThat(Instant.parse(line.path("timestamp").asText())).isAfter(Instant.EPOCH);
      }
      assertThat(lines.get(LINES).path("exception").asText())
          .startsWith("java.lang.IllegalStateException: broken")
          .contains("\tat ");
      assertThat(lines.get(0).has("exception")).isFalse();
    }
    JsonNode line = read(folder.resolve("service")).get(0);
    assertThat(line.path("message").asText()).isEqualTo("of no job\nin two \"lines\"");
    assertThat(line.has("job")).isFalse();
  }

  /** What the launcher asks log4j2 for: the second configuration on top of the first. */
  private static LoggerContext context() {
    LoggerContext json = new LoggerContext("json");
    List<AbstractConfiguration> parts = new ArrayList<>();
    for (String part : List.of("log4j2.properties", "log4j2-json.properties")) {
      URI uri = URI.create("classpath:" + part);
      parts.add(
          (AbstractConfiguration)
              ConfigurationFactory.getInstance().getConfiguration(json, part, uri));
    }
    json.start(new CompositeConfiguration(parts));
    return json;
  }

  private void work(LoggerContext json, String job) {
    try (JobLog log = JobLog.of(job, folder.resolve(job))) {
      for (int i = 0; i < LINES; i++) {
        json.getLogger("worker").info("{} works on {}", i, job);
      }
      json.getLogger("worker").info("failed with {}", job, new IllegalStateException("broken"));
    }
  }

  private static List<JsonNode> read(Path file) throws Exception {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }
}
