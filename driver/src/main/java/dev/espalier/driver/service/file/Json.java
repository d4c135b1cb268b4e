package dev.espalier.driver.service.file;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How records become JSON, in files and with {@code --json}: indented, words in lower case, times
 * in ISO 8601, nothing for what is not known. Thread-safe.
 */
public final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private Json() {}

  /** A value as one JSON document, with a line break at its end. */
  public static String text(Object value) {
    try {
      return MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }

  /** A value as one JSON document on one line, with a line break at its end. */
  public static String line(Object value) {
    try {
      return MAPPER.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(value)
          + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("cannot be written as JSON: " + value, e);
    }
  }

  /**
   * Reads back what {@link #text} wrote into a file.
   *
   * @throws BadInputException if the file holds something else
   */
  public static <T> T read(Path file, Class<T> type) {
    try {
      return parse(Files.readAllBytes(file), file.toString(), type);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read %s".formatted(file), e);
    }
  }

  /**
   * Reads back what {@link #text} wrote.
   *
   * @param file what errors call it
   * @throws BadInputException if the bytes are something else
   */
  public static <T> T parse(byte[] bytes, String file, Class<T> type) {
    try {
      T value = MAPPER.readValue(decode(bytes), type);
      if (value == null) {
        throw new BadInputException(
            "%s: found null, expected what was written there".formatted(file));
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new BadInputException(
          "%s: it is damaged: %s"
              .formatted(file, e.getOriginalMessage().lines().findFirst().orElse("")),
          e);
    } catch (CharacterCodingException e) {
      throw new BadInputException("%s: it is damaged: it is not UTF-8".formatted(file), e);
    }
  }

  private static String decode(byte[] bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
  }
}
