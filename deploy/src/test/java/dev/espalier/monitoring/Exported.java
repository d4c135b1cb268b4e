package dev.espalier.monitoring;

import dev.espalier.monitoring.PromQl.Selector;
import dev.espalier.monitoring.PromQl.Wanted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The metrics that processes really export, read from what Prometheus would scrape.
 *
 * @param metrics by name, then by label: the values that were seen
 */
public record Exported(Map<String, Map<String, Set<String>>> metrics) {

  private static final Pattern SAMPLE =
      Pattern.compile("^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)\\})? \\S+$");
  private static final Pattern LABEL = Pattern.compile("([a-zA-Z_]\\w*)=\"([^\"]*)\"");

  /** Labels that Prometheus gives to all that it scrapes. */
  private static final Set<String> OF_THE_TARGET = Set.of("instance", "job");

  private static final Set<String> OF_COUNTERS = Set.of("_total", "_sum", "_count", "_bucket");

  /** Reads scraped texts. */
  public static Exported of(String... texts) {
    Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();
    for (String line : Arrays.stream(texts).flatMap(String::lines).toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        Map<String, Set<String>> labels =
            metrics.computeIfAbsent(sample.group(1), name -> new HashMap<>());
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
          labels.computeIfAbsent(label.group(1), name -> new HashSet<>()).add(label.group(2));
        }
      }
    }
    return new Exported(metrics);
  }

  /** What a query, and the labels that its legend shows, ask for in vain; empty if nothing. */
  public List<String> missing(String query, Set<String> legend) {
    PromQl read = PromQl.parse(query);
    List<String> missing = new ArrayList<>();
    Set<String> known = new HashSet<>(OF_THE_TARGET);
    for (Selector selector : read.selectors()) {
      Map<String, Set<String>> labels = metrics.get(selector.metric());
      if (labels == null) {
        missing.add("metric " + selector.metric());
        continue;
      }
      known.addAll(labels.keySet());
      selector.matchers().forEach((label, wanted) -> check(label, wanted, labels, missing));
      if (selector.range()
          && query.matches("(?s).*(rate|increase)\\(" + selector.metric() + ".*")
          && OF_COUNTERS.stream().noneMatch(selector.metric()::endsWith)) {
        missing.add("counter " + selector.metric());
      }
    }
    Set<String> asked = new HashSet<>(read.labels());
    asked.addAll(legend);
    asked.stream().filter(label -> !known.contains(label)).forEach(l -> missing.add("label " + l));
    return missing;
  }

  private static void check(
      String label, Wanted wanted, Map<String, Set<String>> labels, List<String> missing) {
    if (OF_THE_TARGET.contains(label)) {
      return;
    }
    Set<String> values = labels.getOrDefault(label, Set.of());
    boolean literal = !wanted.operator().endsWith("~");
    if (values.isEmpty() || literal && !values.contains(wanted.value())) {
      missing.add("label %s with value %s".formatted(label, wanted.value()));
    }
  }
}
