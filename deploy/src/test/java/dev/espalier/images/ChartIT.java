package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command line of the chart, run as a plain process. Kubernetes is played by a server that
 * keeps its objects, and the test does what a kubelet would: it starts the pods that Spark asks
 * for.
 */
@Tag("cluster")
class ChartIT {

  private static final Map<String, String> SECRETS =
      Map.of("cache-secret", "a1b2c3d4", "cluster-secret", "e5f6a7b8");

  @TempDir private Path folder;
  private final Processes processes = new Processes();
  private final Ports ports = new Ports();
  private final KubernetesMockServer kubernetes =
      new KubernetesMockServer(
          new Context(),
          new MockWebServer(),
          new HashMap<>(),
          new KubernetesCrudDispatcher(),
          false);

  @BeforeEach
  void begin() {
    kubernetes.init();
  }

  @AfterEach
  void end() {
    processes.close();
    kubernetes.destroy();
  }

  @Test
  void chart_onAKubernetesThatIsPlayed_executorsOfItsTemplateMeasure() throws Exception {
    HelmChart chart =
        HelmChart.render(
            Map.of(
                "existingSecret", "mine",
                "cache.replicas", "1",
                "executors.instances", "1",
                "executors.heap", "1g",
                "service.heap", "1g",
                "kubernetesMaster", "http://127.0.0.1:" + kubernetes.getPort()));
    start(chart, "cache");
    try (KubernetesClient client = kubernetes.createClient()) {
      client.pods().inNamespace("default").resource(driver(chart)).create();
      Container service = start(chart, "service");
      processes.await(() -> !executors(client).isEmpty());
      startExecutor(chart, executors(client).get(0));
      Files.writeString(service.root().resolve("scratch/job.yaml"), Processes.JOB);

      service.espalier("submit", "/scratch/job.yaml", "--force");
      processes.await(() -> Processes.hasScored(metric(chart.host("service"))));
      assertThat(metric(chart.host("service"))).contains("espalier_executors 1.0");
      assertThat(metric(chart.host("cache")))
          .containsPattern("espalier_cache_entries\\{copy=\"owned\"\\} [1-9]");
      service.espalier("cancel", "contained-1");
    }
  }

  private Container start(HelmChart chart, String component) throws Exception {
    Map<String, String> environment = new HashMap<>(chart.environment(component));
    environment.putAll(Processes.SMALL);
    environment.replaceAll((name, value) -> value.equals("status.podIP") ? "127.0.0.1" : value);
    Path root = folder.resolve(component);
    Container container =
        Container.in(
            root, ImageFolder.made(), environment, SECRETS, word -> here(chart, word, component));
    Path config = Files.createDirectories(root.resolve("etc/espalier/config"));
    for (Map.Entry<String, String> file : chart.config().entrySet()) {
      Files.writeString(
          config.resolve(file.getKey()),
          file.getValue().lines().map(container::translate).reduce("", (a, b) -> a + b + "\n"));
    }
    processes.add(container.start(chart.arguments(component)));
    String probe = chart.probe(component);
    int port = ports.of(chart.host(component), 9464);
    processes.await(() -> Processes.get(port, probe).contains("healthy"));
    return container;
  }

  private String here(HelmChart chart, String word, String component) {
    if (word.startsWith("-Dspark.kubernetes.driver.pod.name=")) {
      return word;
    }
    String bound = word.replace("$(POD_IP)", "127.0.0.1");
    String qualified = bound.replace("." + chart.name() + "-service.default.svc", "");
    return ports.word(
        qualified.replace("." + chart.name() + "-cache:", ":"),
        chart.host(component),
        chart.host("service") + "|" + chart.host("cache"),
        "9464|5701|7078|7079");
  }

  private static Pod driver(HelmChart chart) {
    return new PodBuilder()
        .withNewMetadata()
        .withName(chart.host("service"))
        .withNamespace("default")
        .withUid("1")
        .endMetadata()
        .build();
  }

  private static List<Pod> executors(KubernetesClient client) {
    return client
        .pods()
        .inNamespace("default")
        .withLabel("spark-role", "executor")
        .list()
        .getItems();
  }

  /** What a kubelet would do. */
  private void startExecutor(HelmChart chart, Pod pod) throws Exception {
    var spec = pod.getSpec().getContainers().get(0);
    Map<String, String> environment = new HashMap<>(Processes.SMALL);
    spec.getEnv()
        .forEach(
            variable -> {
              String value = variable.getValue();
              if (variable.getValueFrom() != null) {
                value =
                    variable.getValueFrom().getFieldRef().getFieldPath().equals("status.podIP")
                        ? "127.0.0.1"
                        : pod.getMetadata().getName();
              }
              // The service has written paths of its own container, as they are here.
              environment.put(
                  variable.getName(), value.replace(folder.resolve("service") + "/", "/"));
            });
    environment.remove("SPARK_LOCAL_DIRS");
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("app.kubernetes.io/component", "executor");
    assertThat(spec.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
    assertThat(environment.values())
        .noneMatch(value -> value.contains("e5f6a7b8"))
        .anyMatch(value -> value.startsWith("-Dlog4j2.") && value.contains("json"));
    Container executor =
        Container.in(
            folder.resolve("executor"), ImageFolder.made(), environment, SECRETS, word -> word);
    processes.add(executor.start(spec.getArgs()));
  }

  private String metric(String host) {
    return Processes.get(ports.of(host, 9464), "/metrics");
  }
}
