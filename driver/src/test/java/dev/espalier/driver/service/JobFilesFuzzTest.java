package dev.espalier.driver.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.espalier.driver.TextDamage;
import dev.espalier.driver.service.file.Json;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any text or bytes in place of the small files of a job. */
class JobFilesFuzzTest {

  private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");

  private static final JobStatus STATUS =
      JobStatus.accepted(TIME)
          .at(Stage.SEARCHING, "searching", TIME)
          .progress(3, 10, "structures", Duration.ofSeconds(8))
          .with(new JobStatus.Counts(3, 1, 4, 5), 0.5)
          .spent(Duration.ofSeconds(3), TIME);
  private static final JobRecord RECORD =
      new JobRecord(
          new JobId("tiny-1"),
          TIME,
          "1.0",
          Map.of("job", "a".repeat(64)),
          "",
          "",
          List.of("3-1-2"),
          Set.of("search"));

  @Property(tries = 500)
  void read_damagedStatus_isAStatusOrRefused(@ForAll("statuses") String text) throws IOException {
    assertReadOrRefused(text.getBytes(StandardCharsets.UTF_8), JobStatus.class);
  }

  @Property(tries = 500)
  void read_damagedRecord_isARecordOrRefused(@ForAll("records") String text) throws IOException {
    assertReadOrRefused(text.getBytes(StandardCharsets.UTF_8), JobRecord.class);
  }

  @Property(tries = 300)
  void read_anyBytes_isAStatusOrRefused(@ForAll byte[] bytes) throws IOException {
    assertReadOrRefused(bytes, JobStatus.class);
  }

  @Property
  void read_statusWithoutAField_isRefused(@ForAll("fieldsOfStatus") String field)
      throws IOException {
    assertLacks(field, Json.text(STATUS), JobStatus.class);
  }

  @Property
  void read_recordWithoutAField_isRefused(@ForAll("fieldsOfRecord") String field)
      throws IOException {
    assertLacks(field, Json.text(RECORD), JobRecord.class);
  }

  @Provide
  Arbitrary<String> fieldsOfStatus() {
    return Arbitraries.of("stage", "message", "unit", "counts", "time", "updated");
  }

  @Provide
  Arbitrary<String> fieldsOfRecord() {
    return Arbitraries.of("id", "created", "version", "digests", "protocol");
  }

  @Provide
  Arbitrary<String> statuses() {
    return Arbitraries.oneOf(TextDamage.of(Json.text(STATUS)), Arbitraries.just("{}"));
  }

  @Provide
  Arbitrary<String> records() {
    return Arbitraries.oneOf(TextDamage.of(Json.text(RECORD)), Arbitraries.just("{}"));
  }

  private static void assertLacks(String field, String text, Class<?> type) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode fields = (ObjectNode) json.readTree(text);
    assertThat(fields.remove(field)).isNotNull();
    Path file = Files.createTempFile("lacks", ".json");
    try {
      Files.writeString(file, fields.toString());

      assertThat(catchThrowable(() -> Json.read(file, type)))
          .isInstanceOf(BadInputException.class)
          .hasMessageStartingWith(file + ": it is damaged");
    } finally {
      Files.delete(file);
    }
  }

  /** What is read can also be shown, whatever it is. */
  private static void assertReadOrRefused(byte[] bytes, Class<?> type) throws IOException {
    Path file = Files.createTempFile("fuzz", ".json");
    try {
      Files.write(file, bytes);
      Throwable refusal = catchThrowable(() -> Json.text(Json.read(file, type)));

      if (refusal != null) {
        assertThat(refusal)
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(file.toString());
      }
    } finally {
      Files.delete(file);
    }
  }
}
