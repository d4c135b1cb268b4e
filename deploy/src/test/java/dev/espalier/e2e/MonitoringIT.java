package dev.espalier.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.e2e.Espalier.Ended;
import dev.espalier.e2e.Espalier.Running;
import dev.espalier.monitoring.Exported;
import dev.espalier.monitoring.Query;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every query of the dashboard and of the alerts asks for what running processes export. */
class MonitoringIT {

  private static final Path GRAFANA = Path.of("grafana").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void queries_dashboardAndAlerts_findWhatServiceAndCacheExport() throws Exception {
    Espalier espalier = Espalier.in(folder);
    Running cache = espalier.start("cache");
    Running service = espalier.start("serve", "--master", "local[2,4]");
    try {
      service.await("Serving: 2 jobs side by side");
      String text = TinyJob.TEXT.replace("budget: 24", "budget: 2000").replace("tiny}", "seen}");
      Ended submitted = espalier.run("submit", TinyJob.in(folder, text).toString(), "--force");
      assertThat(submitted.code()).as(submitted.err()).isZero();
      espalier.awaitStatus("seen-1", status -> status.at("/counts/evaluations").asInt() > 3);

      String port = Files.readString(espalier.home().resolve("service/metrics.port"));
      String ofService = get("http://127.0.0.1:%s/metrics".formatted(port.strip()));
      String ofCache = get(urlOf(cache));
      assertThat(ofService)
          .contains("espalier_trials{job_id=\"seen-1\"}", "espalier_executors 1.0")
          .containsPattern("espalier_evaluations_total\\{outcome=\"scored\"\\} [1-9]")
          .contains("espalier_jobs{state=\"running\"} 1.0");
      assertThat(ofCache).containsPattern("espalier_cache_entries\\{copy=\"owned\"\\} [1-9]");
      assertThat(get("http://127.0.0.1:%s/-/healthy".formatted(port.strip()))).contains("healthy");

      Exported exported = Exported.of(ofService, ofCache);
      List<Query> queries =
          new ArrayList<>(Query.ofDashboard(GRAFANA.resolve("dashboards/espalier.json")));
      queries.addAll(Query.ofAlerts(GRAFANA.resolve("alerts.yaml")));
      for (Query query : queries) {
        assertThat(exported.missing(query.expression(), query.legend()))
            .as(query.where())
            .isEmpty();
      }
      assertDocumented(exported);
    } finally {
      service.kill();
      cache.kill();
    }
  }

  /** The other way round: what is exported is written down for operators. */
  private static void assertDocumented(Exported exported) throws Exception {
    String guide = Files.readString(GRAFANA.resolve("../../docs/operations.md"));
    assertThat(exported.metrics().keySet())
        .filteredOn(name -> name.startsWith("espalier_"))
        .hasSizeGreaterThan(20)
        .allMatch(name -> guide.contains(name.replaceFirst("_(bucket|count|sum)$", "")));
  }

  private static String urlOf(Running cache) throws Exception {
    Matcher url = Pattern.compile("metrics at (\\S+)").matcher(Files.readString(cache.out()));
    assertThat(url.find()).isTrue();
    return url.group(1);
  }

  private static String get(String uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(uri)).build();
    return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
  }
}
