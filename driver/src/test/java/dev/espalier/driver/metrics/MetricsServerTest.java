package dev.espalier.driver.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.space.Structure;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Stage;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsServerTest {

  @Test
  void scrape_runningJob_showsItsGaugesAndTheJvm() throws Exception {
    JobMetrics metrics = JobMetrics.alone("demo-1");
    metrics.inFlight(8);
    metrics.trials(120);
    metrics.bestAccuracy(0.75);
    metrics.hypervolume(0.5);
    metrics.trainingSpeed(321.5);

    metrics.evaluations().evaluated(measured());

    try (metrics) {
      assertThat(scrape(metrics.serve(0)))
          .contains(
              "espalier_structures_in_flight{job_id=\"demo-1\"} 8.0",
              "espalier_trials{job_id=\"demo-1\"} 120.0",
              "espalier_best_accuracy_ratio{job_id=\"demo-1\"} 0.75",
              "espalier_hypervolume_ratio{job_id=\"demo-1\"} 0.5",
              "espalier_training_images_per_second{job_id=\"demo-1\"} 321.5",
              "espalier_evaluations_total{outcome=\"scored\"} 1.0",
              "espalier_cache_lookups_total{result=\"hit\"} 2.0",
              "espalier_evaluation_stage_seconds_count{stage=\"score\"} 1",
              "jvm_memory_used_bytes");
    }
  }

  @Test
  void start_anyPort_listensOnLoopbackOnly() throws Exception {
    try (MetricsServer server = start(0, new PrometheusRegistry())) {
      for (NetworkInterface card : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (InetAddress address : Collections.list(card.getInetAddresses())) {
          assertThat(accepts(address, server.port()))
              .as(address.toString())
              .isEqualTo(address.equals(InetAddress.getLoopbackAddress()));
        }
      }
    }
  }

  @Test
  void start_portTaken_isBadInput() {
    try (MetricsServer server = start(0, new PrometheusRegistry())) {
      assertThatThrownBy(() -> start(server.port(), new PrometheusRegistry()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("output.metricsPort: port " + server.port());
    }
  }

  private static MetricsServer start(int port, PrometheusRegistry registry) {
    return MetricsServer.start(
        "output.metricsPort", InetAddress.getLoopbackAddress(), port, registry);
  }

  private static EvaluationReport measured() {
    Candidate candidate = new Candidate(0, Structure.of(1, 2, 3));
    Evaluation evaluation =
        new Evaluation(candidate, new Outcome.Scored(1, 2), Duration.ofSeconds(1), 0);
    return new EvaluationReport(evaluation, Map.of(Stage.SCORE, Duration.ofSeconds(1)), 2, 3);
  }

  private static boolean accepts(InetAddress address, int port) {
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(address, port), 1000);
      return true;
    } catch (java.io.IOException e) {
      return false;
    }
  }

  private static String scrape(int port) throws Exception {
    URI uri = URI.create("http://127.0.0.1:%d/metrics".formatted(port));
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
        .body();
  }
}
