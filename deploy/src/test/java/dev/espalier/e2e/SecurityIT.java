package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.map.IMap;
import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import dev.espalier.search.digest.Sha256;
import dev.espalier.worker.cache.OpenSockets;
import dev.espalier.worker.cache.OpenSockets.Listener;
import intruder.Gadget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * A service on a cluster with a cache process and a job under way, every process of which is
 * attacked while it works; after each attack the job must go on.
 */
@EnabledOnOs(OS.LINUX)
@Tag("cluster")
class SecurityIT {

  private static final String SHORT =
      TinyJob.TEXT
          .replace("epochs: 3", "epochs: 1")
          .replace("budget: 24", "budget: 12")
          .replace("top: 2, random: 6", "top: 1, random: 2");

  /** Under way all along; it neither fills the cache nor uses it. */
  private static final String LONG =
      SHORT
          .replace("budget: 12", "budget: 100000")
          .replace("local[2,4]", "local[2,4]\n  cache: false")
          .replace("tiny}", "long}");

  @TempDir private static Path folder;
  private static Espalier espalier;
  private static LocalCluster cluster;
  private static Intruder intruder;
  private static Running cache;
  private static Running service;

  @BeforeAll
  static void startEverything() throws Exception {
    intruder = Intruder.in(folder);
    Map<String, String> environment = Map.of("JDK_JAVA_OPTIONS", intruder.javaOptions());
    Path home = Files.createDirectory(folder.resolve("home"));
    espalier = new Espalier(Espalier.LAUNCHER, home, folder, environment);
    cluster = new LocalCluster(home, folder, environment);
    Ended started = cluster.run("start", "--workers", "1", "--cores", "2", "--port", "0");
    assertThat(started.code()).as(started.err()).isZero();
    String master = started.out().strip();
    cache = espalier.start("cache");
    cache.awaitOutput("own member at");
    service = espalier.start("serve", "--jobs", "2", "--master", master);
    service.await("Serving: 2 jobs side by side");
    submit(LONG);
    awaitProgress();
  }

  @AfterAll
  static void stopEverything() throws Exception {
    for (Running running : Stream.of(service, cache).filter(r -> r != null).toList()) {
      running.kill();
    }
    cluster.run("stop");
  }

  @AfterEach
  void nothingWasRunAndTheJobGoesOn() throws Exception {
    assertThat(intruder.newMarks()).isEmpty();
    awaitProgress();
  }

  @Test
  void listeners_ofAllProcesses_areOnLoopback() throws Exception {
    Map<String, List<Listener>> open = listeners();

    assertThat(open).containsKeys("master", "worker-1", "executor", "cache", "service");
    open.forEach(
        (process, listeners) ->
            assertThat(listeners)
                .as(process)
                .isNotEmpty()
                .allMatch(listener -> listener.address().isLoopbackAddress()));
    String pages = Files.readString(espalier.home().resolve("service/pages.port")).strip();
    assertThat(open.get("service")).extracting(Listener::port).contains(Integer.parseInt(pages));
    for (ProcessHandle process : processes().values()) {
      assertThat(OpenSockets.datagramSockets(process)).isEmpty();
    }
  }

  @Test
  void port_javaSerializedGadget_isNeverRead() throws Exception {
    intruder.readWithoutFilter();
    assertThat(intruder.newMarks()).as("the gadget works").hasSize(1);

    for (List<Listener> ports : listeners().values()) {
      for (Listener port : ports) {
        intruder.attack(port);
      }
    }
  }

  /** Whoever knows the secret may submit work, but no object that Spark does not send. */
  @Test
  void spark_callsOfAStranger_areRefusedAndHisObjectsAreNotRead() throws Exception {
    int master = port(Files.readString(cluster.folder().resolve("master.url")).strip());
    String command = commandLine(cluster.awaitExecutor("worker-1"));
    int driver = port(command.replaceAll("(?s).*--driver-url\0([^\0]*)\0.*", "$1"));
    Map<String, Integer> endpoints = Map.of("Master", master, "CoarseGrainedScheduler", driver);
    for (Map.Entry<String, Integer> endpoint : endpoints.entrySet()) {
      for (String secret : List.of("", "0123456789abcdef")) {
        assertThatThrownBy(() -> intruder.call(endpoint.getValue(), endpoint.getKey(), secret))
            .as("%s with secret '%s'", endpoint, secret)
            .isInstanceOf(Exception.class);
      }
      String right = Files.readString(cluster.folder().resolve("secret"));
      intruder.call(endpoint.getValue(), endpoint.getKey(), right);
    }
  }

  @Test
  void spark_workerWithoutTheSecret_isNotRegistered() throws Exception {
    Path log = Files.createFile(folder.resolve("stranger.log"));
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + Espalier.LAUNCHER.resolveSibling("jvm.options"),
                "-Xmx256m",
                "-Dspark.authenticate=false",
                "-cp",
                cluster.folder().resolve("spark/jars") + "/*",
                "org.apache.spark.deploy.worker.Worker",
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--work-dir",
                folder.resolve("stranger").toString(),
                Files.readString(cluster.folder().resolve("master.url")).strip())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    Process stranger = builder.start();
    try {
      Running running = new Running(stranger, log, log);
      running.await("Failed to connect to master");
    } finally {
      stranger.destroyForcibly().waitFor();
    }

    assertThat(Files.readString(log)).doesNotContain("Successfully registered");
    assertThat(Files.readString(cluster.folder().resolve("logs/master.log")))
        .containsOnlyOnce("Registering worker");
  }

  @Test
  void cache_forgedValues_areMissesAndNeverScores() throws Exception {
    submit(SHORT);
    espalier.awaitStatus("tiny-1", SecurityIT::done);
    forgeEverything();
    submit(SHORT);
    espalier.awaitStatus("tiny-2", SecurityIT::done);

    assertThat(espalier.findings("tiny-2")).isEqualTo(espalier.findings("tiny-1"));
    assertThat(counts("tiny-2")).as("hits and misses").isEqualTo(counts("tiny-1"));
    assertThat(counts("tiny-2").path("cacheMisses").asInt()).isGreaterThan(12);
  }

  @Test
  void cache_gadgetFromAClientOfTheCluster_isNotRead() throws Exception {
    HazelcastInstance client = client();
    try {
      assertThatThrownBy(
              () -> client.getExecutorService("any").submit(new Gadget(intruder.marks())).get())
          .hasStackTraceContaining("is not allowed");
    } finally {
      client.shutdown();
    }
  }

  @Test
  void job_idThatLeavesTheStore_isRefused() throws Exception {
    Path outside = Files.createDirectories(folder.resolve("outside"));
    Folders.copy(espalier.job("long-1").resolve("job.yaml"), outside.resolve("job.yaml"));
    for (String file : List.of("job.json", "status.json")) {
      Files.writeString(outside.resolve(file), "{\"private\": 1}");
    }
    Files.writeString(outside.resolve("log"), "private");
    Files.createSymbolicLink(espalier.job("linked-1"), outside);
    List<List<String>> commands =
        List.of(
            List.of("status", "../../outside"),
            List.of("logs", outside.toString()),
            List.of("best", ".."),
            List.of("cancel", "jobs/long-1"),
            List.of("logs", "linked-1"),
            List.of("status", "linked-1"));
    List<Running> running = new ArrayList<>();
    for (List<String> command : commands) {
      running.add(espalier.start(command.toArray(String[]::new)));
    }
    for (Running command : running) {
      Ended ended = command.end();
      assertThat(ended.code()).as(ended.err()).isIn(2, 3);
      assertThat(ended.out() + ended.err()).doesNotContain("private");
    }
    Ended jobs = espalier.run("jobs");
    Files.delete(espalier.job("linked-1"));

    assertThat(jobs.code()).as(jobs.err()).isZero();
    assertThat(jobs.out() + jobs.err()).doesNotContain("private");
  }

  @Test
  void secrets_filesArgumentsAndPages_areInTheirFilesAlone() throws Exception {
    Path home = espalier.home();
    List<Path> files =
        List.of(
            home.resolve("cluster/secret"),
            home.resolve("cluster/spark.properties"),
            home.resolve("cache/secret"));
    Set<String> secrets =
        Set.of(Files.readString(files.get(0)).strip(), Files.readString(files.get(2)).strip());
    assertThat(secrets).hasSize(2).allMatch(secret -> secret.length() == 64);
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as("%s", file)
          .isEqualTo("rw-------");
    }

    for (ProcessHandle process : processes().values()) {
      assertThat(commandLine(process)).isNotEmpty().doesNotContain(secrets);
    }
    for (String page : pages()) {
      assertThat(page).doesNotContain(secrets);
    }
    try (Stream<Path> below = Files.walk(folder)) {
      for (Path file : below.filter(Files::isRegularFile).toList()) {
        if (!files.contains(file)) {
          assertThat(content(file)).as("%s", file).doesNotContain(secrets);
        }
      }
    }
  }

  private static void submit(String text) throws Exception {
    Ended submitted = espalier.run("submit", TinyJob.in(folder, text).toString(), "--force");
    assertThat(submitted.code()).as(submitted.err()).isZero();
  }

  /** Waits until the long job has measured one more structure. */
  private static void awaitProgress() throws Exception {
    Path file = espalier.job("long-1").resolve("status.json");
    int before = evaluations(espalier.awaitStatus("long-1", status -> Files.exists(file)));
    espalier.awaitStatus("long-1", status -> evaluations(status) > before);
  }

  private static int evaluations(JsonNode status) {
    return status.at("/counts/evaluations").asInt();
  }

  private static JsonNode counts(String id) throws Exception {
    return espalier.awaitStatus(id, SecurityIT::done).path("counts");
  }

  private static boolean done(JsonNode status) {
    return status.path("stage").asText().equals("done");
  }

  private static Map<String, ProcessHandle> processes() throws Exception {
    Map<String, ProcessHandle> processes = new LinkedHashMap<>();
    for (String daemon : List.of("master", "worker-1")) {
      processes.put(daemon, cluster.process(daemon));
    }
    processes.put("executor", cluster.awaitExecutor("worker-1"));
    processes.put("cache", cache.process().toHandle());
    processes.put("service", service.process().toHandle());
    return processes;
  }

  private static Map<String, List<Listener>> listeners() throws Exception {
    Map<String, List<Listener>> listeners = new LinkedHashMap<>();
    for (Map.Entry<String, ProcessHandle> process : processes().entrySet()) {
      listeners.put(process.getKey(), OpenSockets.listeners(process.getValue()));
    }
    return listeners;
  }

  /** What every port that speaks HTTP shows. */
  private static List<String> pages() throws Exception {
    List<String> pages = new ArrayList<>();
    HttpClient http = HttpClient.newHttpClient();
    for (Listener port : listeners().values().stream().flatMap(List::stream).toList()) {
      for (String path : List.of("/", "/json/", "/metrics", "/environment", "/jobs/long-1")) {
        HttpRequest request =
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d%s".formatted(port.port(), path)))
                .timeout(Duration.ofSeconds(2))
                .build();
        try {
          pages.add(http.send(request, HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
          // It does not speak HTTP.
        }
      }
    }
    assertThat(pages).hasSizeGreaterThan(8);
    return pages;
  }

  private static String commandLine(ProcessHandle process) throws IOException {
    return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
  }

  private static int port(String url) {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  private static String content(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
  }

  /** A client that knows the name of the cluster and where it listens. */
  private static HazelcastInstance client() throws IOException {
    Path cacheFolder = espalier.home().resolve("cache");
    String secret = Files.readString(cacheFolder.resolve("secret")).strip();
    String name = Sha256.of(("cluster " + secret).getBytes(StandardCharsets.UTF_8));
    ClientConfig config = new ClientConfig();
    config.setClusterName("espalier-" + name.substring(0, 16));
    config.setProperty("hazelcast.logging.type", "slf4j");
    config.getNetworkConfig().addAddress(Files.readString(cacheFolder.resolve("member")).strip());
    return HazelcastClient.newHazelcastClient(config);
  }

  /** Changes a bit of every other value, and puts the rest under other keys. */
  private static void forgeEverything() throws IOException {
    HazelcastInstance client = client();
    try {
      IMap<String, byte[]> scores = client.getMap("scores");
      List<Map.Entry<String, byte[]>> entries = List.copyOf(scores.entrySet());
      assertThat(entries).hasSizeGreaterThan(12);
      Map<String, byte[]> forged = new HashMap<>();
      for (int i = 0; i < entries.size(); i++) {
        byte[] value = entries.get((i + 1) % entries.size()).getValue();
        if (i % 2 == 0) {
          value = entries.get(i).getValue().clone();
          value[value.length / 3] ^= 1;
        }
        forged.put(entries.get(i).getKey(), value);
      }
      scores.setAll(forged);
    } finally {
      client.shutdown();
    }
  }
}
