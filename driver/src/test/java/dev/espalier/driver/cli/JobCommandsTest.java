package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.app.search.SearchedJob;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.process.BackgroundProcess;
import dev.espalier.driver.service.store.Store;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
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
  void status_jobThatNoProcessHasBegunWith_isSubmittedAndTellsWhatGoesOn() {
    accept();

    assertThat(run("status").out())
        .startsWith("demo-1  submitted  accepted")
        .contains("resnet20 over", "cut off, go on with: espalier resume demo-1 --home '" + home);
  }

  @Test
  void status_jobWhoseProcessDied_isInterrupted() throws Exception {
    Files.createFile(accept().local().orElseThrow().log());

    assertThat(run("status").out()).startsWith("demo-1  interrupted").contains("resnet20 over");
  }

  @Test
  void status_interruptedJobOfTheBackground_showsWhatItPrintedLast() throws Exception {
    Files.writeString(
        accept().local().orElseThrow().output(),
        "Preparing demo-1\nError: no room for the heap\n\tat Main\n\n");

    assertThat(run("status").out())
        .startsWith("demo-1  interrupted")
        .contains("output    Error: no room for the heap");
  }

  @Test
  void status_submittedJobWhoseProcessHasNoLockYet_isStarting() {
    accept().local().orElseThrow().starts(BackgroundProcess.of(ProcessHandle.current()));

    assertThat(run("status").out())
        .startsWith("demo-1  starting")
        .contains("process   " + ProcessHandle.current().pid());
  }

  @Test
  void status_submittedJobWhoseProcessIdIsAnotherProcessNow_isInterrupted() {
    accept()
        .local()
        .orElseThrow()
        .starts(new BackgroundProcess(ProcessHandle.current().pid(), Instant.EPOCH));

    assertThat(run("status").out()).startsWith("demo-1  interrupted");
  }

  @Test
  void status_jobThatFailedBeforeItsFirstStage_tellsWhy() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      accept(JOB.replace("demo}", "demo, metricsPort: %d}".formatted(taken.getLocalPort())));

      assertThat(run("resume", "demo-1").code()).isEqualTo(2);
    }
    assertThat(run("status").out()).startsWith("demo-1  failed  output.metricsPort: port");
  }

  @ParameterizedTest
  @CsvSource({
    "job.yaml, 'network: [', job.yaml:1: not YAML",
    "job.yaml, 'network: {name: resnet20}', job.yaml:1: data is missing",
    "status.json, '', status.json: it is damaged",
    "status.json, '{}', status.json: it is damaged",
    "job.json, 'null', job.json: found null",
    "job.json, , job.json is missing"
  })
  void jobs_oneThatCannotBeRead_isListedWithItsTrouble(
      String file, @Nullable String text, String trouble) throws Exception {
    accept();
    Path broken = accept().folder().local().orElseThrow().resolve(file);
    if (text == null) {
      Files.delete(broken);
    } else {
      Files.writeString(broken, text);
    }

    Cli listed = run("jobs");
    JsonNode json = new ObjectMapper().readTree(run("jobs", "--json").out());

    assertThat(listed.code()).isZero();
    assertThat(listed.out()).contains("demo-1", "demo-2  broken").contains(trouble);
    assertThat(json.findValuesAsText("id")).containsExactly("demo-1", "demo-2");
    assertThat(json.get(1).path("trouble").asText()).contains(trouble);
    assertThat(run("status").out()).startsWith("demo-1");
    assertThat(run("status", "demo-2").code()).isEqualTo(2);
    assertThat(run("status", "demo-2").err()).contains(trouble).doesNotContain("\tat ");
  }

  @Test
  void cancel_again_endsTheJobOnlyWhenTold() throws Exception {
    Process process =
        new ProcessBuilder("sh", "-c", "trap '' TERM; echo ready; exec sleep 60").start();
    assertThat(process.getInputStream().read()).isEqualTo('r');
    accept().local().orElseThrow().starts(BackgroundProcess.of(process.toHandle()));

    assertThat(run("cancel", "demo-1").out()).startsWith("Asked job demo-1 to stop.");
    Cli again = run("cancel", "demo-1");
    assertThat(again.code()).isZero();
    assertThat(again.out()).contains("is stopping already").contains("cancel demo-1 --home");
    assertThat(process.waitFor(200, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(run("cancel", "demo-1", "--now").out()).startsWith("Ended job demo-1 at once.");

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(run("cancel", "demo-1").code()).isEqualTo(2);
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

  @Test
  void best_onATerminalOrWithPlot_drawsTheFrontBelowTheTable() {
    SearchedJob.in(store());

    String table = run("best", "demo-1").out();
    String drawn = run("best", "demo-1", "--plot").out();

    assertThat(table).contains("structure").doesNotContain("o front");
    assertThat(drawn).startsWith(table + "\naccuracy\n").endsWith(" . measured   o front\n");
    assertThat(drawn).containsPattern("M +macs +");
    assertThat(drawn.lines().count()).isEqualTo(table.lines().count() + 17);
    System.setProperty("espalier.terminal.output", "true");
    try {
      assertThat(run("best", "demo-1").out()).isEqualTo(drawn);
      assertThat(run("best", "demo-1", "--no-plot").out()).isEqualTo(table);
      assertThat(run("best", "demo-1", "--json").out()).startsWith("[").doesNotContain("o front");
    } finally {
      System.clearProperty("espalier.terminal.output");
    }
  }

  private JobFolder accept() {
    return accept(JOB);
  }

  private JobFolder accept(String text) {
    return store().accept(JobFile.parse(text, "job.yaml"));
  }

  private JobStore store() {
    return new JobStore(Store.of(new Home(home)), "1.2.3", InstantSource.fixed(Instant.EPOCH));
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
