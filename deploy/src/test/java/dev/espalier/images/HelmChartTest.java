package dev.espalier.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.marcnuri.helm.Helm;
import com.marcnuri.helm.LintResult;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.rbac.Role;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart, linted and rendered by Helm itself and read by the classes of Kubernetes. */
class HelmChartTest {

  private static final String EVERYTHING =
      """
      existingSecret: mine
      image: {repository: registry.example/espalier, tag: "1.2", pullPolicy: Always, pullSecrets: [pull]}
      service:
        jobs: 4
        javaOptions: [-Dspark.kubernetes.executor.label.team=vision]
        extraArgs: [--home=/home/espalier]
        home: {existingClaim: mine, storageClass: fast}
        nodeSelector: {disk: ssd}
        tolerations: [{key: search, operator: Exists}]
        affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: arch, operator: In, values: [amd64]}]}]}}}
      executors: {instances: 8, cores: 4, nodeSelector: {pool: search}, tolerations: [{key: search, operator: Exists}]}
      cache: {replicas: 3, storage: {storageClass: fast}, nodeSelector: {disk: ssd}, tolerations: [{operator: Exists}]}
      serviceAccount: {name: other, annotations: {team: vision}}
      networkPolicy: {metricsFrom: [{podSelector: {}}], apiServerPorts: [6443], extraEgress: [{ports: [{port: 8020}]}]}
      serviceMonitor: {enabled: true, labels: {release: prometheus}}
      """;

  @TempDir private Path folder;

  @Test
  void lint_strictly_findsNothing() {
    LintResult result = new Helm(HelmChart.FOLDER).lint().strict().call();

    assertThat(result.isFailed()).as(result.getMessages() + "").isFalse();
  }

  @Test
  void render_defaults_isConfinedAndLimited() {
    HelmChart chart = HelmChart.render(Map.of("existingSecret", "mine"));

    assertThat(chart.all(StatefulSet.class)).hasSize(2);
    for (StatefulSet set : chart.all(StatefulSet.class)) {
      assertConfined(set.getSpec().getTemplate().getSpec());
      assertThat(chart.all(Service.class))
          .anyMatch(s -> s.getMetadata().getName().equals(set.getSpec().getServiceName()));
      Container container = set.getSpec().getTemplate().getSpec().getContainers().get(0);
      assertThat(container.getResources().getLimits()).containsOnlyKeys("cpu", "memory");
      assertThat(container.getLivenessProbe()).isNotNull();
      assertThat(container.getReadinessProbe()).isNotNull();
      assertThat(container.getStartupProbe()).isNotNull();
    }
    Pod executor = chart.executor();
    assertConfined(executor.getSpec());
    assertThat(chart.all(PodDisruptionBudget.class)).hasSize(1);
    assertThat(chart.all(Service.class)).allMatch(s -> s.getSpec().getClusterIP().equals("None"));
    assertThat(chart.objects()).noneMatch(object -> object.getKind().equals("ServiceMonitor"));
  }

  @Test
  void render_defaults_mayMakePodsAndNothingElse() {
    List<Role> roles = HelmChart.render(Map.of("existingSecret", "mine")).all(Role.class);

    assertThat(roles).hasSize(1);
    assertThat(roles.get(0).getRules())
        .singleElement()
        .satisfies(
            rule -> {
              assertThat(rule.getApiGroups()).containsExactly("");
              assertThat(rule.getResources()).containsExactly("pods");
              assertThat(rule.getVerbs()).doesNotContain("*");
            });
  }

  @Test
  void render_networkPolicies_coverEveryPod() {
    List<NetworkPolicy> policies =
        HelmChart.render(Map.of("existingSecret", "mine")).all(NetworkPolicy.class);

    assertThat(policies)
        .extracting(p -> p.getSpec().getPodSelector().getMatchLabels())
        .extracting(labels -> labels.get("app.kubernetes.io/component"))
        .containsExactlyInAnyOrder("service", "executor", "cache");
    assertThat(policies)
        .allMatch(p -> p.getSpec().getPolicyTypes().equals(List.of("Ingress", "Egress")))
        .allMatch(p -> p.getSpec().getIngress().stream().noneMatch(in -> in.getFrom().isEmpty()));
  }

  @Test
  void render_everyValue_isUsed() throws Exception {
    Path values = Files.writeString(folder.resolve("values.yaml"), EVERYTHING);
    HelmChart chart = HelmChart.render(values);

    StatefulSet service =
        chart.all(StatefulSet.class).stream()
            .filter(set -> set.getMetadata().getName().endsWith("-service"))
            .findFirst()
            .orElseThrow();
    PodSpec pod = service.getSpec().getTemplate().getSpec();
    assertThat(pod.getServiceAccountName()).isEqualTo("other");
    assertThat(pod.getNodeSelector()).containsEntry("disk", "ssd");
    assertThat(service.getSpec().getVolumeClaimTemplates()).isEmpty();
    assertThat(chart.container("service").getImage()).isEqualTo("registry.example/espalier:1.2");
    assertThat(chart.arguments("service"))
        .contains("--jobs=4", "--home=/home/espalier")
        .contains(
            "--cache=mine-espalier-cache-0.mine-espalier-cache:5701,"
                + "mine-espalier-cache-1.mine-espalier-cache:5701,"
                + "mine-espalier-cache-2.mine-espalier-cache:5701");
    assertThat(chart.config().get("java.options"))
        .contains(
            "-Dspark.executor.instances=8",
            "-Dspark.kubernetes.executor.limit.cores=4",
            "-Dspark.kubernetes.executor.label.team=vision");
    assertThat(chart.all(NetworkPolicy.class))
        .filteredOn(
            policy ->
                policy.getSpec().getEgress().stream()
                    .flatMap(rule -> rule.getPorts().stream())
                    .anyMatch(port -> port.getPort().getIntVal() == 8020))
        .as("what a store needs")
        .hasSize(1);
    Pod executor = chart.executor();
    assertThat(executor.getSpec().getNodeSelector()).containsEntry("pool", "search");
    assertThat(chart.objects()).extracting(HasMetadata::getKind).contains("ServiceMonitor");
  }

  @ParameterizedTest
  @CsvSource({
    "existingSecret, '', existingSecret is empty",
    "service.jobs, 0, service/jobs",
    "service.jbos, 3, jbos",
    "service.heap, 3x, heap",
    "cache.replicas, 40, replicas"
  })
  void render_wrongValue_isRefusedByName(String value, String given, String complaint) {
    Map<String, String> values =
        value.equals("existingSecret")
            ? Map.of(value, given)
            : Map.of("existingSecret", "mine", value, given);

    assertThatThrownBy(() -> HelmChart.render(values)).hasMessageContaining(complaint);
  }

  @Test
  void strict_unknownField_isRefused() {
    String pod = "apiVersion: v1\nkind: Pod\nspec: {contianers: []}\n";

    assertThatThrownBy(() -> HelmChart.strict(pod)).hasMessageContaining("contianers");
  }

  private static void assertConfined(PodSpec pod) {
    assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
    assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(10001);
    assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
    for (Container container : pod.getContainers()) {
      assertThat(container.getSecurityContext().getReadOnlyRootFilesystem()).isTrue();
      assertThat(container.getSecurityContext().getAllowPrivilegeEscalation()).isFalse();
      assertThat(container.getSecurityContext().getCapabilities().getDrop()).containsExactly("ALL");
    }
  }
}
