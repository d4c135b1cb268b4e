package dev.espalier.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The files for Grafana and Prometheus, as far as they can be judged without running anything. */
class GrafanaFilesTest {

  private static final Path FOLDER = Path.of("grafana");
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  @Test
  void dashboard_panels_haveQueriesAndPlacesOfTheirOwn() throws Exception {
    JsonNode dashboard =
        new ObjectMapper().readTree(FOLDER.resolve("dashboards/espalier.json").toFile());
    List<JsonNode> panels = new ArrayList<>();
    dashboard.path("panels").forEach(panels::add);
    Set<String> cells = new HashSet<>();
    Set<Integer> ids = new HashSet<>();
    for (JsonNode panel : panels) {
      String title = panel.path("title").asText();
      assertThat(ids.add(panel.path("id").asInt())).as("id of " + title).isTrue();
      JsonNode place = panel.path("gridPos");
      for (int x = 0; x < place.path("w").asInt(); x++) {
        for (int y = 0; y < place.path("h").asInt(); y++) {
          int column = place.path("x").asInt() + x;
          assertThat(column).as(title).isLessThan(24);
          assertThat(cells.add(column + "," + (place.path("y").asInt() + y))).as(title).isTrue();
        }
      }
      if (!panel.path("type").asText().equals("row")) {
        assertThat(panel.path("targets")).as(title).isNotEmpty();
        assertThat(panel.path("description").asText()).as(title).isNotBlank();
        assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
      }
    }
    assertThat(panels).hasSizeGreaterThan(20);
  }

  @Test
  void alerts_eachOne_saysWhatItIsAndWhatToDo() throws Exception {
    JsonNode groups = YAML.readTree(FOLDER.resolve("alerts.yaml").toFile()).path("groups");
    Set<String> known = Set.of("alert", "expr", "for", "labels", "annotations");
    for (JsonNode rule : groups.get(0).path("rules")) {
      String name = rule.path("alert").asText();
      rule.fieldNames().forEachRemaining(field -> assertThat(field).as(name).isIn(known));
      assertThat(rule.at("/labels/severity").asText()).isIn("info", "warning", "critical");
      assertThat(rule.at("/annotations/summary").asText()).as(name).isNotBlank();
      assertThat(rule.at("/annotations/description").asText()).as(name).isNotBlank();
      assertThat(rule.path("for").asText("1m")).as(name).matches("[0-9]+[smh]");
      assertThat(Files.readString(Path.of("../docs/operations.md"))).as("docs").contains(name);
    }
    assertThat(Query.ofAlerts(FOLDER.resolve("alerts.yaml"))).hasSizeGreaterThan(8);
  }

  @Test
  void provisioning_files_agreeWithEachOther() throws Exception {
    JsonNode source =
        YAML.readTree(FOLDER.resolve("provisioning/datasources/prometheus.yaml").toFile());
    JsonNode provider =
        YAML.readTree(FOLDER.resolve("provisioning/dashboards/espalier.yaml").toFile());
    JsonNode prometheus = YAML.readTree(FOLDER.resolve("prometheus.yaml").toFile());

    assertThat(source.at("/datasources/0/type").asText()).isEqualTo("prometheus");
    assertThat(source.at("/datasources/0/url").asText()).isEqualTo("http://prometheus:9090");
    assertThat(provider.at("/providers/0/options/path").asText())
        .isEqualTo("/var/lib/grafana/dashboards");
    assertThat(prometheus.at("/rule_files/0").asText()).isEqualTo("alerts.yaml");
    assertThat(names(prometheus.path("scrape_configs"), "job_name"))
        .allMatch(name -> name.startsWith("espalier"));
  }

  private static List<String> names(JsonNode list, String field) throws IOException {
    List<String> names = new ArrayList<>();
    list.forEach(item -> names.add(item.path(field).asText()));
    return names;
  }
}
