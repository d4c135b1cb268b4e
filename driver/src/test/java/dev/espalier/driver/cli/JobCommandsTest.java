package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobCommandsTest {

  private static final String JOB =
      "network: {name: resnet20}\ndata: {name: absent}\noutput: {name: demo}\n";

  @TempDir private Path home;

  @Test
  void jobs_severalAsJson_isOneDocument() throws Exception {
    accept();
    accept();

    JsonNode jobs = new ObjectMapper().readTree(run("jobs", "--json").out());

    assertThat(jobs.findValuesAsText("id")).containsExactlyInAnyOrder("demo-1", "demo-2");
    assertThat(jobs.get(0).at("/status/stage").asText()).isEqualTo("preparing");
  }

  @Test
  void status_jobWhoseProcessDied_isInterrupted() {
    accept();

    assertThat(run("status").out()).startsWith("demo-1  interrupted").contains("resnet20 over");
  }

  @Test
  void status_noJobYet_isNotFound() {
    Cli cli = run("status");

    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.err()).contains("espalier quickstart");
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "resume", "cancel", "best"})
  void command_absentJob_isNotFoundWithGuess(String command) {
    accept();
    Cli cli = run(command, "demo-2");

    assertThat(cli.code()).isEqualTo(3);
    assertThat(cli.out()).isEmpty();
    assertThat(cli.err()).contains("Maybe 'demo-1' is meant?").doesNotContain("\tat ");
  }

  @Test
  void command_idThatLeavesTheFolder_isBadInput() {
    assertThat(run("status", "../demo").code()).isEqualTo(2);
  }

  @Test
  void cancel_jobThatDoesNotRun_isBadInput() {
    accept();

    assertThat(run("cancel", "demo-1").code()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"run", "submit"})
  void command_jobOverAbsentData_isRefusedAndNotKept(String command) throws Exception {
    Cli cli = run(command, file(JOB).toString());

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("data.name: data set 'absent' does not exist.");
    assertThat(run("jobs", "--json").out()).isEqualToIgnoringWhitespace("[]");
  }

  @Test
  void check_mistakeInFile_namesLine() throws Exception {
    Path file = file(JOB + "search:\n  bugdet: 3\n");
    Cli cli = run("job", "check", file.toString());

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).startsWith(file + ":5: search.bugdet is not a field");
  }

  @Test
  void check_impossibleConstraint_isRefusedWithReach() throws Exception {
    Path file =
        file(JOB.replace("absent", "shapes-32") + "constraints: [{metric: parameters, max: 1k}]\n");
    Cli cli = run("job", "check", file.toString());

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains("constraints.parameters: at most 1,000 is out of reach");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          evaluation: {recalibrationImages: 100000} | recalibrationImages is 100000, but the train
          pruningNet: {sandwich: 1}                 | pruningNet.sandwich is 1
          pruningNet: {sandwich: 0, distillation: 0.5} | pruningNet.distillation is 0.5
          """)
  void check_settingsThatWouldFailLater_isRefusedAtOnce(String setting, String complaint)
      throws Exception {
    Path file = file(JOB.replace("absent", "shapes-32") + setting + "\n");
    Cli cli = run("job", "check", file.toString());

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(complaint).doesNotContain("\tat ");
  }

  @Test
  void best_wrongOptions_isBadInput() {
    accept();

    assertThat(run("best", "demo-1", "--top", "0").code()).isEqualTo(2);
    assertThat(run("best", "demo-1", "--sort", "size").code()).isEqualTo(2);
  }

  private void accept() {
    new JobStore(new Home(home), "1.2.3", InstantSource.fixed(Instant.EPOCH))
        .accept(JobFile.parse(JOB, "job.yaml"));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(home.resolve("job.yaml"), text);
  }

  private Cli run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = home.toString();
    return Cli.run(all);
  }
}
