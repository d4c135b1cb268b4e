package dev.espalier.driver.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStatus;
import dev.espalier.driver.service.Place;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.queue.ServiceLease;
import dev.espalier.driver.service.queue.Services;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands in a home that a service owns, or will. */
class ServiceCommandsTest {

  @TempDir private Path root;
  private Services services;

  @BeforeEach
  void open() {
    services = Services.in(new Home(root));
  }

  @Test
  void submit_serviceRuns_onlyWritesTheJob() throws Exception {
    try (ServiceLease lease = services.serve(1, 1)) {
      Cli first = run("submit", file("first").toString());
      Cli second = run("submit", file("second").toString());

      assertThat(first.code()).as(first.err()).isZero();
      assertThat(first.out())
          .startsWith("first-1 is in the queue, place 1; " + lease.lease().text() + " takes it.")
          .contains("espalier watch first-1 --home");
      assertThat(second.code()).isEqualTo(2);
      assertThat(second.err()).contains("is full: 1 jobs wait").doesNotContain("\tat ");
      assertThat(services.jobs().all(id -> Place.NONE)).hasSize(1);
    }
  }

  @Test
  void submit_queueWithoutService_saysHowToStartOne() throws Exception {
    Cli cli = run("submit", file("demo").toString(), "--queue");

    assertThat(cli.code()).as(cli.err()).isZero();
    assertThat(cli.out()).contains("no service runs yet: start one with 'espalier serve --home");
    assertThat(run("status", "demo-1").out())
        .startsWith("demo-1  queued  accepted")
        .contains("queue     place 1");
  }

  @Test
  void submit_jobOverAbsentData_isRefusedAndNotQueued() throws Exception {
    Path file = Files.writeString(root.resolve("job.yaml"), Services.file("demo", 0).text());

    assertThat(run("submit", file.toString(), "--queue").code()).isEqualTo(2);
    assertThat(services.queue().tickets()).isEmpty();
  }

  @Test
  void jobs_serviceRuns_showsItAndThePlaces() throws Exception {
    queued("low", 0);
    queued("high", 3);
    queued("run", 9);
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);

      Cli listed = run("jobs");
      JsonNode json = new ObjectMapper().readTree(run("jobs", "--json").out());

      assertThat(listed.out())
          .containsPattern("run-1 +starting +service 1 ")
          .containsPattern("high-1 +queued +place 1 ")
          .containsPattern("low-1 +queued +place 2 ");
      assertThat(listed.err()).contains("runs at most 1 jobs side by side over local[2,4]");
      assertThat(json.get(0).path("service").asLong()).isEqualTo(1);
      assertThat(json.get(1).path("place").asInt()).isEqualTo(1);
    }
  }

  @Test
  void cancel_jobsOfAService_asksOrWithdraws() {
    queued("run", 9);
    queued("wait", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);

      assertThat(run("cancel", "run-1", "--now").err()).contains("Maybe leave --now out?");
      assertThat(run("cancel", "run-1").out()).startsWith("Asked job run-1 to stop.");
      assertThat(run("status", "run-1").out()).startsWith("run-1  stopping");
      assertThat(run("cancel", "run-1").out()).contains("is stopping already");
      assertThat(run("cancel", "wait-1").out()).startsWith("Took job wait-1 out of the queue.");
      assertThat(run("status", "wait-1").out()).startsWith("wait-1  stopped");
      assertThat(run("cancel", "wait-1").code()).isEqualTo(2);
    }
  }

  @Test
  void resume_serviceRuns_putsTheJobBackIntoTheQueue() {
    JobFolder job = queued("demo", 0);
    services.queue().cancel(job);
    try (ServiceLease lease = services.serve(1, 9)) {
      assertThat(run("resume", "demo-1", "--force").out()).startsWith("demo-1 is in the queue");
      assertThat(services.queue().tickets()).singleElement().matches(ticket -> ticket.forced());
      assertThat(run("resume", "demo-1").err()).contains("in the queue already");
    }
  }

  @Test
  void status_jobThatADeadServiceLeft_isInterruptedInItsPlace() {
    JobFolder job = queued("demo", 0);
    try (ServiceLease dead = services.serve(1, 9)) {
      services.queue().start(dead);
      job.write(job.status().at(Stage.SEARCHING, "Searching", services.clock().instant()));
    }

    assertThat(run("status", "demo-1").out())
        .startsWith("demo-1  interrupted  Searching")
        .contains("queue     place 1");
  }

  @ParameterizedTest
  @CsvSource({
    "--jobs, 0, expected at least 1",
    "--queue, -2, expected at least 1",
    "--metrics-port, 70000, '--metrics-port: found 70000, expected 0 to 65535'",
    "--pages-port, -1, '--pages-port: found -1, expected 0 to 65535'",
    "--metrics-bind, no such host, 'expected an address of this machine'",
    "--master, nowhere, Spark's master is 'nowhere'"
  })
  void serve_wrongOption_isBadInput(String option, String value, String complaint) {
    Cli cli = run("serve", option, value);

    assertThat(cli.code()).isEqualTo(2);
    assertThat(cli.err()).contains(complaint);
  }

  @Test
  void logs_follow_printsWholeLinesUntilTheJobEnds() throws Exception {
    JobFolder job = queued("demo", 0);
    Files.writeString(job.local().orElseThrow().log(), "one\ntw");
    assertThat(run("logs", "demo-1").out()).isEqualTo("one\n");
    CompletableFuture<Cli> following =
        CompletableFuture.supplyAsync(() -> run("logs", "demo-1", "--follow"));

    assertThat(following).isNotDone();
    Files.writeString(job.local().orElseThrow().log(), "one\ntwo\nthree\n");
    services.queue().cancel(job);

    assertThat(following.get(20, TimeUnit.SECONDS).out()).isEqualTo("one\ntwo\nthree\n");
  }

  @Test
  void watch_waitingJob_showsItsPlaceUntilItEnds() throws Exception {
    JobFolder job = queued("demo", 0);
    CompletableFuture<Cli> watching = CompletableFuture.supplyAsync(() -> run("watch", "demo-1"));
    CompletableFuture<Cli> json =
        CompletableFuture.supplyAsync(() -> run("watch", "demo-1", "--json"));
    Thread.sleep(1_500);
    services.queue().cancel(job);

    // Who looks between two writes may see a job that is cancelled and still has its place.
    assertThat(watching.get(20, TimeUnit.SECONDS).err().lines())
        .containsSubsequence(
            "queued  accepted", "  place 1 in the queue", "stopped  cancelled while it waited");
    assertThat(watching.get().code()).isEqualTo(1);
    List<String> documents = json.get(20, TimeUnit.SECONDS).out().lines().toList();
    assertThat(documents).hasSizeBetween(2, 3);
    assertThat(documents.get(0)).contains("\"place\":1");
    assertThat(documents.get(documents.size() - 1))
        .contains("\"stage\":\"stopped\"")
        .doesNotContain("\"place\"");
  }

  @Test
  void watch_finishedJob_isDoneAtOnce() {
    JobFolder job = services.jobs().accept(Services.file("demo", 0));
    job.write(
        JobStatus.accepted(services.clock().instant())
            .at(Stage.DONE, "finished", services.clock().instant()));

    assertThat(run("watch", "demo-1").code()).isZero();
  }

  private JobFolder queued(String name, int priority) {
    return services.queue().submit(Services.file(name, priority), services.jobs(), false);
  }

  private Path file(String name) throws Exception {
    return Files.writeString(
        root.resolve(name + ".yaml"),
        Services.file(name, 0).text().replace("absent", "shapes-32, splits: {train: 600}"));
  }

  private Cli run(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--home";
    all[arguments.length + 1] = root.toString();
    return Cli.run(all);
  }
}
