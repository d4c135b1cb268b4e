package dev.espalier.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.config.JobSchema;
import dev.espalier.search.job.JobSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The job files that are shipped. */
class JobFilesTest {

  private static final Path JOBS = Path.of("jobs");

  static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(JOBS)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void file_anyShipped_fitsSchemaAndReader(Path file) throws IOException {
    JsonNode tree = new YAMLMapper().readTree(Files.readString(file));

    assertThat(
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(JobSchema.shipped().text())
                .validate(tree))
        .isEmpty();
    assertThat(JobFile.read(file).spec().network().name()).isIn("resnet20", "cells");
  }

  @Test
  void cifar10_job_isLargeEnoughToSaySomething() {
    JobSpec job = JobFile.read(JOBS.resolve("cifar10-resnet20.yaml")).spec();

    assertThat(job.pruningNet().epochs()).isGreaterThanOrEqualTo(15);
    assertThat(job.search().budget()).isGreaterThanOrEqualTo(400);
    assertThat(job.constraints()).singleElement().extracting("max").isEqualTo("50%");
  }
}
