package dev.espalier.images;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.Yaml;

/**
 * The compose file, with its merges done.
 *
 * @param content the whole file
 */
record Compose(Map<String, Object> content) {

  static final Path FILE = Path.of("compose", "compose.yaml").toAbsolutePath();

  static Compose read() throws IOException {
    return new Compose(new Yaml().load(Files.readString(FILE)));
  }

  Map<String, Map<String, Object>> services() {
    return map(content, "services");
  }

  Map<String, Object> service(String name) {
    return Objects.requireNonNull(services().get(name), name);
  }

  /** The services that are processes of Espalier. */
  List<String> ours() {
    return services().entrySet().stream()
        .filter(service -> String.valueOf(service.getValue().get("image")).startsWith("espalier:"))
        .map(Map.Entry::getKey)
        .toList();
  }

  List<String> command(String service) {
    return list(service(service), "command");
  }

  /** The command of a health check, without the word that says that no shell runs it. */
  List<String> health(String service) {
    List<String> test = list(map(service(service), "healthcheck"), "test");
    return test.subList(1, test.size());
  }

  Map<String, String> environment(String service) {
    return map(service(service), "environment");
  }

  @SuppressWarnings("unchecked")
  static <T> Map<String, T> map(Map<String, ?> of, String key) {
    Object found = of.get(key);
    return found == null ? Map.of() : (Map<String, T>) found;
  }

  @SuppressWarnings("unchecked")
  static <T> List<T> list(Map<String, ?> of, String key) {
    Object found = of.get(key);
    return found == null ? List.of() : (List<T>) found;
  }
}
