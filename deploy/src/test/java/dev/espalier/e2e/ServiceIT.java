package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that a service runs find what they find alone, also if it is killed and replaced. */
class ServiceIT {

  /** Two jobs over two PruningNets, without the cache: nothing is taken from elsewhere. */
  private static final String FIRST =
      TinyJob.TEXT.replace("local[2,4]", "local[2,4]\n  cache: false").replace("tiny}", "first}");

  private static final String SECOND =
      FIRST.replace("hidden: 4", "hidden: 5").replace("first}", "second}");

  @TempDir private static Path shared;
  private static Espalier alone;

  @TempDir private Path folder;
  private Espalier espalier;
  private Running service;

  @BeforeAll
  static void runAlone() throws Exception {
    alone = Espalier.in(shared);
    Running first = alone.start("run", TinyJob.in(shared, FIRST).toString(), "--force");
    Running second = alone.start("run", TinyJob.in(shared, SECOND).toString(), "--force");
    for (Ended ended : List.of(first.end(), second.end())) {
      assertThat(ended.code()).as(ended.err()).isZero();
    }
  }

  @BeforeEach
  void nameHome() {
    espalier = Espalier.in(folder);
  }

  private void serve(String master) throws Exception {
    service = startService(master);
    service.await("Serving: 2 jobs side by side");
  }

  @AfterEach
  void endService() throws Exception {
    service.kill();
  }

  @Test
  void serve_twoJobs_runSideBySideAndFindWhatTheyFindAlone() throws Exception {
    serve("local[2,4]");
    Ended submitted = submit(FIRST, "--json");
    submit(SECOND);
    Ended watched = espalier.run("watch", "second-1");
    espalier.awaitStatus("first-1", ServiceIT::done);
    String page = page("/jobs/first-1");
    service.terminate();
    Ended ended = service.end();

    assertThat(page).contains("<h1>first-1</h1>", "24 of 24 structures measured");
    assertThat(submitted.json().path("service").asInt()).isEqualTo(1);
    assertThat(watched.code()).as(watched.err()).isZero();
    assertThat(ended.code()).as(ended.err()).isZero();
    assertThat(ended.err().substring(0, ended.err().indexOf("  done")))
        .contains("first-1  begins", "second-1  begins");
    assertFoundTheSame();
    assertThat(espalier.run("logs", "first-1").out())
        .contains("Searching with metapruning")
        .doesNotContain("second-1");
  }

  @Test
  void serve_killed_isReplacedByTheServiceThatStandsBy() throws Exception {
    serve("local[2,4]");
    Running standBy = startService("local[2,4]");
    try {
      standBy.await("Stands by");
      submit(FIRST);
      submit(SECOND);
      espalier.awaitStatus(
          "first-1",
          status ->
              status.path("stage").asText().equals("searching") && status.path("done").asInt() > 3);
      service.kill();

      espalier.awaitStatus("first-1", ServiceIT::done);
      espalier.awaitStatus("second-1", ServiceIT::done);
      standBy.terminate();
      Ended ended = standBy.end();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("Starting service 2 (process");
      assertFoundTheSame();
    } finally {
      standBy.kill();
    }
  }

  /** Workers come late, one of them loses its executor, and another one joins. */
  @Tag("cluster")
  @Test
  void serve_onACluster_findsTheSameWhateverItsWorkersDo() throws Exception {
    LocalCluster cluster = new LocalCluster(espalier.home(), folder);
    Files.createDirectories(espalier.home());
    try {
      String master = cluster.start(0);
      espalier =
          new Espalier(
              Espalier.LAUNCHER,
              espalier.home(),
              folder,
              Map.of(
                  "ESPALIER_JAVA_OPTIONS",
                  "-Xmx1g -XX:+UseSerialGC -Dspark.espalier.noWorkersAfter=1s"));
      serve(master);
      submit(FIRST);
      submit(SECOND);
      espalier.awaitStatus(
          "first-1", status -> status.path("message").asText().startsWith("no workers for 1 s:"));
      cluster.start(2);
      espalier.awaitStatus("first-1", status -> evaluations(status) > 1);
      cluster.awaitExecutor("worker-1").destroyForcibly();
      espalier.awaitStatus("second-1", status -> evaluations(status) > 1);
      assertThat(cluster.start(3)).isEqualTo(master);
      cluster.awaitExecutor("worker-3");
      for (String id : List.of("first-1", "second-1")) {
        JsonNode status = espalier.awaitStatus(id, ServiceIT::done);
        assertThat(evaluations(status)).as(id).isEqualTo(24);
        assertThat(status.at("/counts/failures").asInt()).as(id).isZero();
      }
      service.terminate();
      Ended ended = service.end();

      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err())
          .containsOnlyOnce("first-1  no workers for 1 s: the cluster offers no core")
          .containsOnlyOnce("first-1  workers are back");
      assertThat(espalier.run("logs", "first-1").out()).contains("no workers for 1 s", "are back");
      assertFoundTheSame();
    } finally {
      cluster.run("stop");
    }
  }

  private Running startService(String master) throws Exception {
    return espalier.start("serve", "--jobs", "2", "--master", master);
  }

  private Ended submit(String text, String... options) throws Exception {
    String[] command = new String[3 + options.length];
    command[0] = "submit";
    command[1] = TinyJob.in(folder, text).toString();
    command[2] = "--force";
    System.arraycopy(options, 0, command, 3, options.length);
    Ended submitted = espalier.run(command);
    assertThat(submitted.code()).as(submitted.err()).isZero();
    return submitted;
  }

  private String page(String path) throws Exception {
    String port = Files.readString(espalier.home().resolve("service/pages.port")).strip();
    URI uri = URI.create("http://127.0.0.1:" + port + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private void assertFoundTheSame() throws Exception {
    for (String id : List.of("first-1", "second-1")) {
      assertThat(espalier.findings(id)).as(id).isEqualTo(alone.findings(id));
    }
  }

  private static int evaluations(JsonNode status) {
    return status.at("/counts/evaluations").asInt();
  }

  private static boolean done(JsonNode status) {
    return status.path("stage").asText().equals("done");
  }
}
