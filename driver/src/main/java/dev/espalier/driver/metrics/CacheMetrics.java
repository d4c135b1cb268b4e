package dev.espalier.driver.metrics;

import dev.espalier.worker.cache.CacheStatistics;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.net.InetAddress;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * The metrics of a member of the score cache, asked of it at every scrape. Thread-safe.
 *
 * <pre>
 * espalier_cache_entries{copy="owned|backup"}     espalier_cache_members
 * espalier_cache_bytes                            espalier_cache_limit_bytes
 * espalier_cache_hits_total                       espalier_cache_evictions_total
 * </pre>
 */
public final class CacheMetrics {

  private final PrometheusRegistry registry;
  private final Supplier<CacheStatistics> member;

  private CacheMetrics(PrometheusRegistry registry, Supplier<CacheStatistics> member) {
    this.registry = registry;
    this.member = member;
    GaugeWithCallback.builder()
        .name("espalier_cache_entries")
        .help("Scores that this member keeps in memory, its own and copies of others'")
        .labelNames("copy")
        .callback(
            callback -> {
              CacheStatistics now = member.get();
              callback.call(now.owned(), "owned");
              callback.call(now.backups(), "backup");
            })
        .register(registry);
    gauge("espalier_cache_members", "Members of the cache's cluster", CacheStatistics::members);
    gauge("espalier_cache_bytes", "Memory that the scores take here", CacheStatistics::bytes);
    gauge(
        "espalier_cache_limit_bytes",
        "Memory from which on scores are evicted here",
        CacheStatistics::limit);
    counter("espalier_cache_hits_total", "Scores that were asked for here", CacheStatistics::hits);
    counter(
        "espalier_cache_evictions_total",
        "Scores that had to leave memory here",
        CacheStatistics::evictions);
  }

  /** Registers a member that lives in a process that runs jobs. */
  public static void register(JobsMetrics all, Supplier<CacheStatistics> member) {
    new CacheMetrics(all.registry(), member);
  }

  /**
   * Serves the metrics of a member that has a process of its own, and those of the JVM.
   *
   * @param option what people call the port
   * @param address to listen at
   * @param port TCP port, or 0 for a free one
   * @throws dev.espalier.search.job.BadInputException if the port cannot be used
   */
  public static MetricsServer serve(
      String option, InetAddress address, int port, Supplier<CacheStatistics> member) {
    PrometheusRegistry own = new PrometheusRegistry();
    new CacheMetrics(own, member);
    return MetricsServer.start(option, address, port, own);
  }

  private void gauge(String name, String help, ToLongFunction<CacheStatistics> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsLong(member.get())))
        .register(registry);
  }

  private void counter(String name, String help, ToLongFunction<CacheStatistics> value) {
    CounterWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.applyAsLong(member.get())))
        .register(registry);
  }
}
