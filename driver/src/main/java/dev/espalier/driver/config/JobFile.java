package dev.espalier.driver.config;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.cfg.EnumFeature;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.espalier.search.energy.Coefficients;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A job file, read. Every refusal is a {@link BadInputException} with one line per mistake: file,
 * line, field, what was found and what is expected.
 *
 * @param text the file as it was written
 * @param spec what it asks for
 */
public record JobFile(String text, JobSpec spec) {

  private static final int MOST_BYTES = 1 << 20;
  private static final int MOST_TABLE_BYTES = 1 << 21;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .enable(EnumFeature.WRITE_ENUMS_TO_LOWERCASE)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .addMixIn(JobSpec.Stage.class, Word.class)
          .build();

  /** How stages are written: {@code fineTune}, not {@code fine_tune}. */
  private interface Word {
    @JsonValue
    String word();
  }

  /** Reads a job file and the files that it names, beside it. */
  public static JobFile read(Path file) {
    JobFile read = readAlone(file);
    return read.with(
        name -> text(file, "device.latency", name),
        name ->
            name.equals(Coefficients.EYERISS_NAME)
                ? Coefficients.EYERISS.text()
                : text(file, "device.energy", name));
  }

  /** The same job with what it names read. */
  public JobFile with(Function<String, String> latency, Function<String, String> energy) {
    return new JobFile(text, spec.with(DeviceFiles.read(spec.device(), latency, energy)));
  }

  private static String text(Path job, String field, String name) {
    try {
      Path named = job.toAbsolutePath().resolveSibling(name);
      if (Files.size(named) > MOST_TABLE_BYTES) {
        throw new BadInputException(
            "%s: %s: %s has %d bytes, expected at most %d"
                .formatted(job, field, named, Files.size(named), MOST_TABLE_BYTES));
      }
      return Files.readString(named);
    } catch (IOException | InvalidPathException e) {
      throw new BadInputException(
          "%s: %s: found '%s', expected a file that can be read (%s)"
              .formatted(job, field, name, e),
          e);
    }
  }

  /** Reads a job file, but nothing that it names. */
  public static JobFile readAlone(Path file) {
    try {
      requireSmall(Files.size(file), file.toString());
      return parse(Files.readAllBytes(file), file.toString());
    } catch (NoSuchFileException e) {
      throw new BadInputException(
          "%s: no such file, expected a job file. Maybe write one with 'espalier job init'?"
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads the bytes of a job file.
   *
   * @param file what errors call it
   */
  public static JobFile parse(byte[] bytes, String file) {
    requireSmall(bytes.length, file);
    try {
      var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return parse(text.toString(), file);
    } catch (CharacterCodingException e) {
      throw new BadInputException("%s: not a text file, expected YAML in UTF-8".formatted(file), e);
    }
  }

  private static void requireSmall(long bytes, String file) {
    if (bytes > MOST_BYTES) {
      throw new BadInputException(
          "%s: it has %d bytes, expected a job file of at most %d"
              .formatted(file, bytes, MOST_BYTES));
    }
  }

  /**
   * Reads the text of a job file.
   *
   * @param text YAML
   * @param file what errors call it
   */
  public static JobFile parse(String text, String file) {
    KeyLines lines;
    JsonNode tree;
    try {
      lines = KeyLines.of(text);
      tree = new YAMLMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw syntax(file, e);
    } catch (IOException e) {
      throw new BadInputException("%s: cannot be read (%s)".formatted(file, e.getMessage()), e);
    }
    List<Complaint> complaints = JobSchema.shipped().complete(tree);
    if (!complaints.isEmpty()) {
      throw new BadInputException(
          complaints.stream()
              .sorted((a, b) -> Integer.compare(lines.of(a.place()), lines.of(b.place())))
              .map(c -> "%s:%d: %s".formatted(file, lines.of(c.place()), c.text()))
              .distinct()
              .collect(Collectors.joining("\n")));
    }
    return new JobFile(text, bind(tree, file, lines));
  }

  /** A job as canonical JSON: sorted keys, every default written out. */
  public static String canonical(JobSpec spec) {
    try {
      return JSON.writeValueAsString(spec);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a job is always JSON", e);
    }
  }

  /**
   * What a job asks for beyond the defaults, as canonical JSON: equal for equal jobs, also of
   * another version that knows more settings. A default must never change, then.
   */
  public static String essence(JobSpec spec) {
    ObjectNode asked = JSON.valueToTree(spec);
    drop(asked, JSON.valueToTree(JobSpec.of("", "")));
    return asked.toString();
  }

  /** Takes out what is equal elsewhere. */
  private static void drop(ObjectNode from, JsonNode defaults) {
    for (Iterator<Map.Entry<String, JsonNode>> fields = from.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      JsonNode usual = defaults.path(field.getKey());
      if (field.getValue().equals(usual)) {
        fields.remove();
      } else if (field.getValue() instanceof ObjectNode inner) {
        drop(inner, usual);
      }
    }
  }

  private static JobSpec bind(JsonNode tree, String file, KeyLines lines) {
    try {
      return JSON.treeToValue(tree, JobSpec.class);
    } catch (ValueInstantiationException e) {
      String reason = "" + (e.getCause() instanceof BadInputException bad ? bad.getMessage() : e);
      JsonPointer place = e.getPath().isEmpty() ? named(reason) : place(e);
      throw new BadInputException("%s:%d: %s".formatted(file, lines.of(place), reason), e);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the schema allows what no job can hold", e);
    }
  }

  /** What is wrong with the job as a whole begins with the field that it is about. */
  private static JsonPointer named(String reason) {
    return JsonPointer.empty()
        .appendProperty(reason.substring(0, Math.max(0, reason.indexOf(':'))));
  }

  private static JsonPointer place(JsonMappingException e) {
    JsonPointer place = JsonPointer.empty();
    for (var step : e.getPath()) {
      place =
          step.getFieldName() == null
              ? place.appendIndex(step.getIndex())
              : place.appendProperty(step.getFieldName());
    }
    return place;
  }

  private static BadInputException syntax(String file, JsonProcessingException e) {
    // The parser puts a picture of the place between its sentences, indented.
    String problem =
        e.getOriginalMessage()
            .lines()
            .filter(sentence -> !sentence.isBlank() && !sentence.startsWith(" "))
            .collect(Collectors.joining(", "));
    return new BadInputException(
        "%s:%s not YAML that a job can be read from: %s".formatted(file, line(e), problem), e);
  }

  /** Where it is; what breaks a limit, such as a number of many digits, is at no place. */
  private static String line(JsonProcessingException e) {
    if (e.getCause() instanceof MarkedYAMLException marked) {
      return "%d:".formatted(marked.getProblemMark().getLine() + 1);
    }
    return e.getLocation() == null ? "" : "%d:".formatted(e.getLocation().getLineNr());
  }
}
