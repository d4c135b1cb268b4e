package dev.espalier.driver.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.spark.Workforce;
import dev.espalier.worker.cache.CacheStatistics;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceMetricsTest {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  @TempDir private Path home;
  private JobsMetrics all;
  private MetricsServer server;

  @BeforeEach
  void serve() {
    all = new JobsMetrics();
    server = all.serve("--metrics-port", LOOPBACK, 0);
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void scrape_twoJobs_areToldApartUntilTheyEnd() {
    JobMetrics first = all.begin("first-1");
    try (JobMetrics second = all.begin("second-1")) {
      first.bestAccuracy(0.25);
      second.bestAccuracy(0.75);
      second.trials(3);

      assertThat(first.serve(0)).isEqualTo(server.port()).isEqualTo(second.serve(1));
      assertThat(Scrape.text(server))
          .contains(
              "espalier_best_accuracy_ratio{job_id=\"first-1\"} 0.25",
              "espalier_best_accuracy_ratio{job_id=\"second-1\"} 0.75",
              "espalier_trials{job_id=\"second-1\"} 3.0");
    }
    assertThat(Scrape.text(server)).contains("first-1").doesNotContain("second-1");
    first.close();
    assertThat(Scrape.text(server))
        .doesNotContain("job_id=")
        .contains("espalier_evaluations_total");
  }

  @Test
  void scrape_service_showsQueueWorkersAndDisk() {
    ServiceMetrics metrics = new ServiceMetrics(all, home, () -> Instant.ofEpochSecond(1_000));
    metrics.began(7, 2, 100);
    metrics.looked(5, 2);
    metrics.ended(ServiceMetrics.End.FAILED);
    metrics.workers(() -> new Workforce(3, 12, 5));

    assertThat(Scrape.text(server))
        .contains(
            "espalier_service_epoch 7.0",
            "espalier_service_heartbeat_timestamp_seconds 1000.0",
            "espalier_jobs{state=\"waiting\"} 5.0",
            "espalier_jobs{state=\"running\"} 2.0",
            "espalier_jobs_ended_total{end=\"done\"} 0.0",
            "espalier_jobs_ended_total{end=\"failed\"} 1.0",
            "espalier_jobs_ended_total{end=\"stopped\"} 0.0",
            "espalier_jobs_limit 2.0",
            "espalier_queue_places 100.0",
            "espalier_executors 3.0",
            "espalier_worker_slots{state=\"busy\"} 5.0",
            "espalier_worker_slots{state=\"free\"} 7.0")
        .containsPattern("espalier_home_free_bytes [1-9]")
        .containsPattern("espalier_home_size_bytes [1-9]");
  }

  @Test
  void scrape_cacheMember_showsWhatItHolds() {
    CacheStatistics statistics = new CacheStatistics(10, 4, 1_000, 4_000, 30, 2, 2);
    String[] expected = {
      "espalier_cache_entries{copy=\"owned\"} 10.0",
      "espalier_cache_entries{copy=\"backup\"} 4.0",
      "espalier_cache_bytes 1000.0",
      "espalier_cache_limit_bytes 4000.0",
      "espalier_cache_hits_total 30.0",
      "espalier_cache_evictions_total 2.0",
      "espalier_cache_members 2.0"
    };
    try (MetricsServer own = CacheMetrics.serve("--metrics-port", LOOPBACK, 0, () -> statistics)) {
      assertThat(Scrape.text(own)).contains(expected).contains("jvm_memory_used_bytes");
    }
    CacheMetrics.register(all, () -> statistics);
    assertThat(Scrape.text(server)).contains(expected);
  }
}
