package dev.espalier.driver.metrics;

import dev.espalier.driver.spark.Workforce;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.File;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * The metrics of a service: its queue, its jobs, its workers and its disk. Every label has a fixed
 * set of values, which are there from the start. Thread-safe.
 *
 * <pre>
 * espalier_service_epoch                          espalier_service_heartbeat_timestamp_seconds
 * espalier_jobs{state="waiting|running"}          espalier_jobs_ended_total{end="done|stopped|failed"}
 * espalier_jobs_limit                             espalier_queue_places
 * espalier_executors                              espalier_worker_slots{state="busy|free"}
 * espalier_home_free_bytes                        espalier_home_size_bytes
 * </pre>
 */
public final class ServiceMetrics {

  private static final String WAITING = "waiting";
  private static final String RUNNING = "running";
  private static final double MILLIS_PER_SECOND = 1e3;

  /** How a job ends, seen from its service. */
  public enum End {
    DONE,
    STOPPED,
    FAILED
  }

  private final PrometheusRegistry registry;
  private final InstantSource clock;
  private final Gauge epoch;
  private final Gauge heartbeat;
  private final Gauge jobs;
  private final Gauge jobsLimit;
  private final Gauge places;
  private final Counter ended;

  /**
   * Registers the metrics.
   *
   * @param all the metrics of this process
   * @param home the folder whose disk may fill up
   * @param clock of the heartbeat
   */
  public ServiceMetrics(JobsMetrics all, Path home, InstantSource clock) {
    this.clock = clock;
    registry = all.registry();
    epoch = gauge("espalier_service_epoch", "Number of this service of its home, growing");
    heartbeat =
        gauge(
            "espalier_service_heartbeat_timestamp_seconds", "When the service last looked around");
    jobs =
        Gauge.builder()
            .name("espalier_jobs")
            .help("Jobs in the queue, by whether they wait or run")
            .labelNames("state")
            .register(registry);
    jobs.initLabelValues(WAITING);
    jobs.initLabelValues(RUNNING);
    jobsLimit = gauge("espalier_jobs_limit", "Most jobs that run side by side");
    places = gauge("espalier_queue_places", "Most jobs that may wait");
    ended =
        Counter.builder()
            .name("espalier_jobs_ended_total")
            .help("Jobs that this service has run to an end, by how they ended")
            .labelNames("end")
            .register(registry);
    for (End end : End.values()) {
      ended.initLabelValues(label(end));
    }
    File disk = home.toFile();
    callback("espalier_home_free_bytes", "Room left on the disk of the home", disk::getUsableSpace);
    callback("espalier_home_size_bytes", "Size of the disk of the home", disk::getTotalSpace);
  }

  /** The service begins. */
  public void began(long number, int mostJobs, int mostWaiting) {
    epoch.set(number);
    jobsLimit.set(mostJobs);
    places.set(mostWaiting);
  }

  /** The service has looked at its queue. */
  public void looked(int waiting, int running) {
    jobs.labelValues(WAITING).set(waiting);
    jobs.labelValues(RUNNING).set(running);
    heartbeat.set(clock.millis() / MILLIS_PER_SECOND);
  }

  /** A job has ended. */
  public void ended(End end) {
    ended.labelValues(label(end)).inc();
  }

  /** Has the workers counted whenever somebody asks. */
  public void workers(Supplier<Workforce> workforce) {
    callback(
        "espalier_executors",
        "Processes of Spark that measure structures",
        () -> workforce.get().executors());
    GaugeWithCallback.builder()
        .name("espalier_worker_slots")
        .help("Structures that the workers can measure at a time")
        .labelNames("state")
        .callback(
            callback -> {
              Workforce now = workforce.get();
              callback.call(now.busy(), "busy");
              callback.call(now.slots() - now.busy(), "free");
            })
        .register(registry);
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }

  private void callback(String name, String help, Supplier<? extends Number> value) {
    GaugeWithCallback.builder()
        .name(name)
        .help(help)
        .callback(callback -> callback.call(value.get().doubleValue()))
        .register(registry);
  }

  private static String label(End end) {
    return end.name().toLowerCase(Locale.ROOT);
  }
}
