package dev.espalier.driver.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.ApplyDefaultsStrategy;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The JSON schema of a job file: the one place that says which fields there are, what they mean,
 * what they may hold and what they are when left out. Thread-safe.
 */
public final class JobSchema {

  private static final String RESOURCE = "job.schema.json";

  private final String text;
  private final JsonSchema schema;
  private final Field job;

  private JobSchema(String text) throws IOException {
    SchemaValidatorsConfig settings =
        SchemaValidatorsConfig.builder()
            .pathType(PathType.JSON_POINTER)
            .applyDefaultsStrategy(new ApplyDefaultsStrategy(true, false, false))
            .build();
    this.text = text;
    this.schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(text, settings);
    this.job = new Field(new ObjectMapper().readTree(text));
  }

  /** The schema shipped with this version. */
  public static JobSchema shipped() {
    try (InputStream in = JobSchema.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException(RESOURCE + " is missing from the jar");
      }
      return new JobSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The schema as it is shipped, JSON Schema draft 2020-12. */
  public String text() {
    return text;
  }

  /** The job as a whole. */
  Field job() {
    return job;
  }

  /** What is wrong with a job; where nothing is, its defaults are filled in. */
  List<Complaint> complete(JsonNode tree) {
    return schema.walk(tree, true).getValidationMessages().stream()
        .map(message -> Complaint.of(message, job))
        .toList();
  }
}
