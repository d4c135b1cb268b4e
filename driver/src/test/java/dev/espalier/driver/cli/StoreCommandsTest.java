package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.queue.ServiceLease;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands about a store that is not the home. */
class StoreCommandsTest {

  @TempDir private Path root;
  private Path place;
  private Path job;
  private Services services;

  @BeforeEach
  void open() throws Exception {
    place = root.resolve("store");
    job = Files.writeString(root.resolve("job.yaml"), Services.file("demo", 0).text());
    services = Services.in(Store.shared(Folder.of(place)));
  }

  @Test
  void submit_withoutDataSetAndService_onlyWritesTheJob() {
    Cli cli = run("submit", job.toString());

    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out())
        .startsWith("demo-1 is in the queue, place 1; no service runs yet")
        .contains("espalier serve --home '", "--store '" + place + "'");
    assertThat(place.resolve("jobs/demo-1/job.yaml")).exists();
    assertThat(root.resolve("home")).doesNotExist();
    assertThat(run("status", "demo-1").out()).startsWith("demo-1  queued  accepted");
    assertThat(run("jobs").out()).containsPattern("demo-1 +queued +place 1 ");
    assertThat(run("logs", "demo-1").out()).isEmpty();
    assertThat(run("cancel", "demo-1").out()).startsWith("Took job demo-1 out of the queue.");
    assertThat(run("status", "demo-1").out()).startsWith("demo-1  stopped");
  }

  @Test
  void submit_wasKilledBetweenJobAndTicket_saysSoAndCanBeDoneAgainOrResumed() {
    services.jobs().accept(Services.file("demo", 0));

    assertThat(run("jobs").out())
        .containsPattern("demo-1 +submitted +- ")
        .containsPattern("demo-1 is not in the queue: .* espalier resume demo-1 --home .* --store");
    assertThat(run("status", "demo-1").out())
        .startsWith("demo-1  submitted")
        .containsPattern("queue +not in it: .*espalier resume demo-1 --home .* --store");
    assertThat(run("submit", job.toString()).out()).startsWith("demo-2 is in the queue, place 1");
    assertThat(run("resume", "demo-1").out()).startsWith("demo-1 is in the queue, place 2");
    assertThat(run("jobs").out()).doesNotContain("submitted", "not in the queue");
  }

  @Test
  void store_thatCannotBe_isRefusedNamingIt() throws Exception {
    Path file = Files.writeString(root.resolve("file"), "no folder");
    for (String command : List.of("jobs", "submit")) {
      for (String place : List.of("", file.toString(), file.resolve("below").toString())) {
        Cli cli =
            command.equals("jobs")
                ? Cli.run(command, "--store", place)
                : Cli.run(command, job.toString(), "--store", place);

        assertThat(cli.code()).as(command + cli.err()).isEqualTo(2);
        assertThat(cli.err()).startsWith("--store ").contains(place).doesNotContain("\tat ");
      }
    }
    assertThat(Cli.run("jobs", "--store", root.resolve("typo").toString()).err())
        .contains("no folder that can be read");
  }

  @Test
  void submit_noJobFile_isRefusedAndWritesNothing() throws Exception {
    Files.writeString(job, "network: {name: nonsense");

    assertThat(run("submit", job.toString()).code()).isEqualTo(2);
    assertThat(place.resolve("jobs")).doesNotExist();
  }

  @Test
  void resume_jobOfAStore_waitsForItsServiceAndNeverRunsHere() {
    run("submit", job.toString());
    run("cancel", "demo-1");

    assertThat(run("resume", "demo-1", "--here").err()).contains("run in a service only");
    assertThat(run("resume", "demo-1").out()).startsWith("demo-1 is in the queue, place 1");
  }

  @Test
  void jobs_serviceOfTheStoreRuns_namesIt() {
    run("submit", job.toString());
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);

      assertThat(run("jobs").out()).containsPattern("demo-1 +starting +service 1 ");
      assertThat(run("cancel", "demo-1").out()).startsWith("Asked job demo-1 to stop.");
    }
  }

  @Test
  void status_emptyStore_namesIt() throws Exception {
    Files.createDirectories(place);

    assertThat(run("status").err()).contains("There is no job yet in " + place);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "submit job.yaml | s3a://bucket/x | Maybe put hadoop-aws-3.4.2.jar",
        "serve | nonsense://x/y | there is no client for 'nonsense' here",
        "status | s3a://key:secret@bucket/x | a password in a URI can be seen by all",
        "jobs | hdfs://no-such-host.invalid/x | the host 'no-such-host.invalid' is not known"
      })
  void anyCommand_storeThatCannotBeOpened_isBadInputInWords(
      String words, String uri, String complaint) {
    String[] command = (words.replace("job.yaml", job.toString()) + " --store " + uri).split(" ");

    Cli cli = Cli.run(command);

    assertThat(cli.code()).as(cli.err()).isEqualTo(2);
    assertThat(cli.err()).contains(complaint).doesNotContain("\tat ", "Exception:");
  }

  private Cli run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 4);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = root.resolve("home").toString();
    all[arguments.length + 2] = "--store";
    all[arguments.length + 3] = place.toString();
    return Cli.run(all);
  }
}
