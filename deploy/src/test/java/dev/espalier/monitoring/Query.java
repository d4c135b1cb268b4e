package dev.espalier.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query that is shipped.
 *
 * @param where the file and the panel or the alert
 * @param expression in Prometheus' language
 * @param legend labels that its result is shown with
 */
public record Query(String where, String expression, Set<String> legend) {

  private static final Pattern SHOWN = Pattern.compile("\\{\\{ *(?:\\$labels\\.)?(\\w+) *}}");

  /** The queries of a dashboard of Grafana: of its panels, and of its variables. */
  public static List<Query> ofDashboard(Path file) throws IOException {
    List<Query> queries = new ArrayList<>();
    JsonNode dashboard = new ObjectMapper().readTree(file.toFile());
    for (JsonNode panel : dashboard.path("panels")) {
      for (JsonNode target : panel.path("targets")) {
        queries.add(
            new Query(
                "panel " + panel.path("title").asText(),
                target.path("expr").asText(),
                shown(target.path("legendFormat").asText())));
      }
    }
    for (JsonNode variable : dashboard.at("/templating/list")) {
      Matcher values =
          Pattern.compile("label_values\\((\\w+), (\\w+)\\)")
              .matcher(variable.at("/query/query").asText());
      if (values.matches()) {
        queries.add(
            new Query(
                "variable " + variable.path("name").asText(),
                values.group(1),
                Set.of(values.group(2))));
      }
    }
    return queries;
  }

  /** The queries of a file of alert rules. */
  public static List<Query> ofAlerts(Path file) throws IOException {
    List<Query> queries = new ArrayList<>();
    JsonNode rules = new ObjectMapper(new YAMLFactory()).readTree(file.toFile());
    for (JsonNode group : rules.path("groups")) {
      for (JsonNode rule : group.path("rules")) {
        queries.add(
            new Query(
                "alert " + rule.path("alert").asText(),
                rule.path("expr").asText(),
                shown(rule.path("annotations").toString())));
      }
    }
    return queries;
  }

  private static Set<String> shown(String text) {
    Set<String> labels = new HashSet<>();
    Matcher matcher = SHOWN.matcher(text);
    while (matcher.find()) {
      labels.add(matcher.group(1));
    }
    return labels;
  }
}
