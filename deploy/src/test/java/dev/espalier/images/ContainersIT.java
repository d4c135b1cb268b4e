package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.espalier.images.Container.Running;
import dev.espalier.monitoring.Exported;
import dev.espalier.monitoring.Query;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command line of the Dockerfile and the compose file, run as a plain process of this
 * machine: what the image holds is put together as the Dockerfile says, and host names and ports
 * become free ports of loopback.
 */
@Tag("cluster")
class ContainersIT {

  private static ImageFolder image;

  @TempDir private Path folder;
  private final Processes processes = new Processes();
  private final Ports ports = new Ports();

  @BeforeAll
  static void build() throws Exception {
    image = ImageFolder.made();
  }

  @AfterEach
  void end() {
    processes.close();
  }

  @Test
  void image_madeAsTheDockerfileSays_holdsNativesAndItsOwnJava() throws Exception {
    assertThat(image.left()).hasSize(3);
    assertThat(image.root().resolve("opt/espalier/natives/pytorch")).isNotEmptyDirectory();
    Container plain = Container.in(folder, image, Processes.SMALL, Map.of(), word -> word);
    Running doctor = plain.start(List.of("doctor"));

    assertThat(doctor.process().waitFor()).as(doctor.text()).isZero();
    assertThat(doctor.text()).contains("natives  ok");
    assertThat(plain.exec(List.of("deploy/docker/healthy", "1", "/"))).isNotZero();
    // The default command, and its health check.
    List<String> command = Dockerfile.words(image.image().last("CMD"));
    Container service =
        Container.in(
            folder.resolve("default"),
            image,
            Processes.SMALL,
            Map.of(),
            word -> ports.word(word, "default", "default", "9464"));
    Running serving = service.start(command);
    processes.add(serving);
    String check = image.image().last("HEALTHCHECK");
    service.awaitHealthy(serving, Dockerfile.words(check.substring(check.indexOf('['))));
  }

  @Test
  void compose_allProcesses_runAJobAndExportWhatIsAskedFor() throws Exception {
    Compose compose = Compose.read();
    Map<String, String> secrets = makeSecrets();
    Map<String, Container> containers = new HashMap<>();
    for (String name :
        List.of("spark-master", "cache-1", "worker-1", "worker-2", "cache-2", "service")) {
      Map<String, String> environment = new HashMap<>(compose.environment(name));
      environment.putAll(Processes.SMALL);
      Map<String, String> own = new HashMap<>(secrets);
      own.keySet().retainAll(Compose.<String>list(compose.service(name), "secrets"));
      Container container =
          Container.in(folder.resolve(name), image, environment, own, word -> here(word, name));
      Running started = container.start(compose.command(name));
      processes.add(started);
      if (name.matches("spark-master|cache-1|service")) {
        container.awaitHealthy(started, compose.health(name));
      }
      containers.put(name, container);
    }
    assertThat(compose.ours()).hasSameSizeAs(containers.keySet());
    Container service = Objects.requireNonNull(containers.get("service"));
    Files.writeString(service.root().resolve("scratch/job.yaml"), Processes.JOB);

    service.espalier("submit", "/scratch/job.yaml", "--force");
    processes.await(() -> Processes.hasScored(metric("service")));

    String[] scraped =
        Stream.of("service", "cache-1", "cache-2").map(this::metric).toArray(String[]::new);
    assertThat(scraped[0])
        .contains("espalier_executors 2.0", "espalier_jobs{state=\"running\"} 1.0")
        .containsPattern("espalier_evaluations_total\\{outcome=\"scored\"\\} [1-9]");
    assertThat(scraped[1] + scraped[2]).contains("espalier_cache_members 2.0");
    assertQueries(Exported.of(scraped));
    service.espalier("watch", "contained-1");
    assertLog(service.root().resolve("home/espalier/jobs/contained-1/log"));
    assertThat(processes.text()).doesNotContain(secrets.get("cluster-secret"));
  }

  /** The image writes logs for machines. */
  private static void assertLog(Path log) throws Exception {
    for (String line : Files.readAllLines(log)) {
      JsonNode object = new ObjectMapper().readTree(line);
      assertThat(object.path("job").asText()).isEqualTo("contained-1");
      assertThat(object.path("message").asText()).isNotBlank();
    }
  }

  /** Every query that is shipped asks for what is exported, and the guide names all of that. */
  private static void assertQueries(Exported exported) throws Exception {
    Path grafana = Path.of("grafana");
    List<Query> queries =
        new ArrayList<>(Query.ofDashboard(grafana.resolve("dashboards/espalier.json")));
    queries.addAll(Query.ofAlerts(grafana.resolve("alerts.yaml")));
    for (Query query : queries) {
      assertThat(exported.missing(query.expression(), query.legend())).as(query.where()).isEmpty();
    }
    String guide = Files.readString(Path.of("../docs/operations.md"));
    assertThat(exported.metrics().keySet())
        .filteredOn(name -> name.startsWith("espalier_"))
        .hasSizeGreaterThan(20)
        .allMatch(name -> guide.contains(name.replaceFirst("_(bucket|count|sum)$", "")));
  }

  private Map<String, String> makeSecrets() throws Exception {
    Path made = folder.resolve("secrets");
    Path script = Compose.FILE.resolveSibling("make-secrets");
    assertThat(new ProcessBuilder(script + "", made + "").start().waitFor()).isZero();
    Map<String, String> secrets = new HashMap<>();
    for (String name : List.of("cache-secret", "cluster-secret", "grafana-password")) {
      secrets.put(name, Files.readString(made.resolve(name)));
      assertThat(secrets.get(name)).hasSize(64);
    }
    return secrets;
  }

  private String here(String word, String own) {
    return ports.word(
        word,
        own,
        "service|spark-master|worker-1|worker-2|cache-1|cache-2",
        "9464|5701|7077|7078|8080|8081");
  }

  private String metric(String host) {
    return Processes.get(ports.of(host, 9464), "/metrics");
  }
}
