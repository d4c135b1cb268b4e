package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.config.JobTemplate;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobFileCommandTest {

  @TempDir private Path folder;

  @Test
  void init_withoutFile_printsTemplate() {
    assertThat(Cli.run("job", "init")).isEqualTo(new Cli(0, JobTemplate.text(), ""));
  }

  @Test
  void init_newFile_writesIt() {
    Path file = folder.resolve("job.yaml");
    Cli cli = Cli.run("job", "init", "--output", file.toString());

    assertThat(cli.code()).isZero();
    assertThat(file).hasContent(JobTemplate.text());
  }

  @Test
  void init_existingFile_isKept() {
    Path file = folder.resolve("job.yaml");
    Cli.run("job", "init", "--output", file.toString());
    Cli again = Cli.run("job", "init", "--output", file.toString());

    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err()).contains("exists already").doesNotContain("\tat ");
  }

  @Test
  void schema_always_isJson() throws Exception {
    assertThat(new ObjectMapper().readTree(Cli.run("job", "schema").out()).path("title").asText())
        .isEqualTo("Espalier job");
  }
}
