package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What must hold for the compose file, as far as it can be seen without an engine. */
class ComposeTest {

  private static final Set<String> TOP =
      Set.of("name", "services", "networks", "volumes", "secrets");

  private static final Set<String> OF_A_SERVICE =
      Set.of(
          "image",
          "build",
          "init",
          "read_only",
          "restart",
          "cap_drop",
          "security_opt",
          "networks",
          "logging",
          "depends_on",
          "secrets",
          "tmpfs",
          "deploy",
          "environment",
          "healthcheck",
          "hostname",
          "command",
          "volumes",
          "stop_grace_period",
          "ports");

  private static Compose compose;

  @BeforeAll
  static void read() throws Exception {
    compose = Compose.read();
  }

  @Test
  void file_anyKey_isOneOfTheSpecification() {
    assertThat(compose.content().keySet())
        .allMatch(key -> TOP.contains(key) || key.startsWith("x-"));
    compose.services().values().forEach(s -> assertThat(OF_A_SERVICE).containsAll(s.keySet()));
    assertThat(compose.services())
        .containsOnlyKeys(
            "service",
            "spark-master",
            "worker-1",
            "worker-2",
            "cache-1",
            "cache-2",
            "prometheus",
            "grafana");
    assertThat(compose.ours()).hasSize(6);
  }

  @Test
  void services_anyOne_areConfined() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(Compose.list(service, "cap_drop")).as(name).containsExactly("ALL");
              assertThat(Compose.list(service, "security_opt"))
                  .as(name)
                  .containsExactly("no-new-privileges:true");
              Map<String, Object> limits =
                  Compose.map(Compose.map(Compose.map(service, "deploy"), "resources"), "limits");
              assertThat(limits).as(name).containsOnlyKeys("cpus", "memory");
              assertThat(compose.health(name)).as(name).isNotEmpty();
              for (String port : Compose.<String>list(service, "ports")) {
                assertThat(port).as(name).startsWith("127.0.0.1:");
              }
            });
    for (String ours : compose.ours()) {
      assertThat(compose.service(ours)).containsEntry("read_only", true);
      assertThat(compose.service(ours)).doesNotContainKey("ports");
    }
  }

  @Test
  void services_whatTheyName_isThere() {
    compose
        .services()
        .forEach(
            (name, service) -> {
              assertThat(Compose.map(compose.content(), "secrets").keySet())
                  .containsAll(Compose.<String>list(service, "secrets"));
              for (String volume : Compose.<String>list(service, "volumes")) {
                String from = volume.substring(0, volume.indexOf(':'));
                if (from.startsWith(".")) {
                  assertThat(Compose.FILE.resolveSibling(from)).as(name).exists();
                  assertThat(volume).endsWith(":ro");
                } else {
                  assertThat(Compose.map(compose.content(), "volumes")).containsKey(from);
                }
              }
              Object others = service.getOrDefault("depends_on", List.of());
              if (others instanceof Map<?, ?> conditions) {
                assertThat(compose.services().keySet().containsAll(conditions.keySet())).isTrue();
              } else {
                assertThat(compose.services().keySet().containsAll((List<?>) others)).isTrue();
              }
            });
  }

  /** Nobody is asked for a password there, and Prometheus and Grafana share the network. */
  @Test
  void spark_itsPages_areOnLoopback() {
    for (String name : List.of("spark-master", "worker-1", "worker-2")) {
      assertThat(compose.environment(name)).as(name).containsEntry("SPARK_LOCAL_IP", "127.0.0.1");
    }
  }

  @Test
  void secrets_anyOne_isAFileAndNeverAVariable() throws Exception {
    Map<String, Map<String, String>> secrets = Compose.map(compose.content(), "secrets");
    assertThat(secrets.values())
        .allMatch(secret -> ("" + secret.get("file")).startsWith("secrets/"));
    for (String name : compose.services().keySet()) {
      assertThat(compose.environment(name).keySet())
          .noneMatch(variable -> variable.matches(".*(PASSWORD|SECRET|TOKEN)"));
    }
    assertThat(Compose.FILE.resolveSibling("../../.gitignore"))
        .content()
        .contains("deploy/compose/secrets/");
  }
}
