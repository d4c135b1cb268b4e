package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.hdfs.MiniDFSCluster;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A laptop submits to an HDFS, and services of two machines run its jobs, one after the other. */
@Tag("cluster")
class StoreIT {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String JOB =
      TinyJob.TEXT
          .replace("local[2,4]", "local[2,4]\n  cache: false")
          .replace("budget: 24", "budget: 80")
          .replace("tiny}", "shared}");

  @TempDir private static Path shared;
  private static MiniDFSCluster hdfs;
  private static FileSystem client;
  private static String store;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws Exception {
    Configuration settings = new Configuration();
    settings.set(MiniDFSCluster.HDFS_MINIDFS_BASEDIR, shared.resolve("hdfs").toString());
    hdfs = new MiniDFSCluster.Builder(settings).numDataNodes(1).build();
    client = hdfs.getFileSystem();
    store = client.getUri() + "/espalier";
  }

  @AfterAll
  static void stop() {
    hdfs.shutdown(true);
  }

  @Test
  void serve_killed_isReplacedByAServiceOfAnotherHomeAndFindsTheSame() throws Exception {
    Espalier alone = Espalier.in(Files.createDirectory(folder.resolve("alone")));
    Ended unbroken = alone.run("run", TinyJob.in(folder, JOB).toString(), "--force");
    assertThat(unbroken.code()).as(unbroken.err()).isZero();
    Espalier laptop = Espalier.in(Files.createDirectory(folder.resolve("laptop")));
    Espalier one = Espalier.in(Files.createDirectory(folder.resolve("one")));
    Espalier other = Espalier.in(Files.createDirectory(folder.resolve("other")));

    Ended submitted =
        laptop.run("submit", TinyJob.in(folder, JOB).toString(), "--force", "--store", store);
    assertThat(submitted.code()).as(submitted.err()).isZero();
    assertThat(submitted.out()).contains("no service runs yet", "--store '" + store + "'");
    assertThat(laptop.run("status", "shared-1", "--store", store).out())
        .startsWith("shared-1  queued");

    Running first = one.start("serve", "--store", store, "--master", "local[2,4]");
    Running second = null;
    try {
      awaitStatus(
          status ->
              status.path("stage").asText().equals("searching") && status.path("done").asInt() > 3);
      assertThat(laptop.run("best", "shared-1", "--store", store).out()).contains("%");
      assertThat(laptop.run("logs", "shared-1", "--store", store).out()).contains("Preparing");
      first.kill();
      assertThat(laptop.run("best", "shared-1", "--store", store).code()).isZero();

      second = other.start("serve", "--store", store, "--master", "local[2,4]");
      second.await("Stands by");
      awaitStatus(status -> status.path("stage").asText().equals("done"));
      Ended watched = laptop.run("watch", "shared-1", "--store", store);
      assertThat(watched.code()).as(watched.err()).isZero();
      second.terminate();
      Ended ended = second.end();
      assertThat(ended.code()).as(ended.err()).isZero();
      assertThat(ended.err()).contains("Starting service 2 (process");
    } finally {
      first.kill();
      if (second != null) {
        second.kill();
      }
    }

    assertThat(findings(read("report.json"))).isEqualTo(alone.findings("shared-1"));
    assertThat(other.home().resolve("pruningnets")).doesNotExist();
    assertThat(laptop.run("logs", "shared-1", "--store", store).out())
        .contains("Searching with metapruning", "Reusing the PruningNet", "done: finished");
    assertThat(laptop.run("journal", "verify", "shared-1", "--store", store).code()).isZero();
    assertThat(laptop.run("jobs", "--store", store).out()).containsPattern("shared-1 +done");
  }

  @Test
  void submit_jobWhoseDataTheServiceLacks_failsWithThatMessage() throws Exception {
    String place = client.getUri() + "/lacking";
    Espalier espalier = Espalier.in(folder);
    String job = JOB.replace("shared}", "lacking}").replace("shapes-32", "absent");
    assertThat(espalier.run("submit", TinyJob.in(folder, job).toString(), "--store", place).code())
        .isZero();
    Running service = espalier.start("serve", "--store", place, "--master", "local[2,4]");
    try {
      service.await("lacking-1  failed");
      Ended status = espalier.run("status", "lacking-1", "--store", place);
      assertThat(status.out()).startsWith("lacking-1  failed  data.name: data set 'absent'");
      assertThat(espalier.run("watch", "lacking-1", "--store", place).code()).isEqualTo(1);
    } finally {
      service.kill();
    }
  }

  private static JsonNode read(String name) throws IOException {
    var path = new org.apache.hadoop.fs.Path(store + "/jobs/shared-1/" + name);
    try (InputStream in = client.open(path)) {
      return JSON.readTree(new String(in.readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  private static String findings(JsonNode report) {
    return report.path("front").toPrettyString() + report.path("confirmed").toPrettyString();
  }

  private static void awaitStatus(Predicate<JsonNode> wanted) throws Exception {
    long end = System.nanoTime() + 240_000_000_000L;
    while (!wanted.test(read("status.json"))) {
      assertThat(System.nanoTime()).as(read("status.json").toString()).isLessThan(end);
      Thread.sleep(100);
    }
  }
}
