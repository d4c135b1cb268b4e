package dev.espalier.images;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.marcnuri.helm.Helm;
import com.marcnuri.helm.TemplateCommand;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/**
 * The chart, rendered.
 *
 * @param objects all that it makes, read strictly: a field that Kubernetes does not know is an
 *     error
 */
record HelmChart(List<HasMetadata> objects) {

  static final Path FOLDER = Path.of("helm", "espalier").toAbsolutePath();

  private static final String RELEASE = "mine";

  /** The model keeps fields that it does not know aside; without that, they are errors. */
  private static final ObjectMapper STRICT =
      JsonMapper.builder()
          .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .annotationIntrospector(
              new JacksonAnnotationIntrospector() {
                @Override
                public Boolean hasAnySetter(Annotated method) {
                  return false;
                }
              })
          .build();

  /** Renders it with some values. */
  static HelmChart render(Map<String, String> values) {
    TemplateCommand command =
        new Helm(FOLDER).template().withName(RELEASE).withNamespace("default");
    values.forEach(command::set);
    return new HelmChart(parse(command.call()));
  }

  /** Renders it with a file of values. */
  static HelmChart render(Path values) {
    return new HelmChart(
        parse(
            new Helm(FOLDER)
                .template()
                .withName(RELEASE)
                .withNamespace("default")
                .withValuesFile(values)
                .call()));
  }

  private static List<HasMetadata> parse(String text) {
    List<HasMetadata> objects = new ArrayList<>();
    for (String document : text.split("(?m)^---$")) {
      if (new Yaml().load(document) != null) {
        objects.add(strict(document));
      }
    }
    return objects;
  }

  /**
   * Reads an object as its own class.
   *
   * @throws IllegalArgumentException if it has a field that the class has not
   */
  static HasMetadata strict(String document) {
    HasMetadata lenient = new KubernetesSerialization().unmarshal(document);
    if (lenient instanceof GenericKubernetesResource) {
      return lenient;
    }
    return STRICT.convertValue(new Yaml().load(document), lenient.getClass());
  }

  <T extends HasMetadata> List<T> all(Class<T> kind) {
    return objects.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  String name() {
    return RELEASE + "-espalier";
  }

  /** The first pod of a StatefulSet. */
  String host(String component) {
    return "%s-%s-0".formatted(name(), component);
  }

  Map<String, String> config() {
    return all(ConfigMap.class).get(0).getData();
  }

  /** What executors are made from. */
  Pod executor() {
    return (Pod) strict(Objects.requireNonNull(config().get("executor.yaml")));
  }

  List<String> arguments(String component) {
    return container(component).getArgs();
  }

  String probe(String component) {
    return container(component).getLivenessProbe().getHttpGet().getPath();
  }

  /** Names and values; the path of the field where it is the pod's. */
  Map<String, String> environment(String component) {
    Map<String, String> environment = new LinkedHashMap<>();
    for (EnvVar variable : container(component).getEnv()) {
      environment.put(
          variable.getName(),
          variable.getValueFrom() == null
              ? variable.getValue()
              : variable.getValueFrom().getFieldRef().getFieldPath());
    }
    return environment;
  }

  Container container(String component) {
    return all(StatefulSet.class).stream()
        .filter(set -> set.getMetadata().getName().equals(name() + "-" + component))
        .map(set -> set.getSpec().getTemplate().getSpec().getContainers())
        .flatMap(Collection::stream)
        .findFirst()
        .orElseThrow();
  }
}
