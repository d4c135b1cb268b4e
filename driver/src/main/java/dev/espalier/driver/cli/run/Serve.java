package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.app.JobOwner;
import dev.espalier.driver.app.live.JobSite;
import dev.espalier.driver.app.live.PagesServer;
import dev.espalier.driver.app.measure.SharedWorkplace;
import dev.espalier.driver.app.serve.Service;
import dev.espalier.driver.app.serve.SharedWork;
import dev.espalier.driver.app.watch.JobLog;
import dev.espalier.driver.cli.option.MetricsOption;
import dev.espalier.driver.cli.option.PagesOption;
import dev.espalier.driver.cli.option.StoreOption;
import dev.espalier.driver.cli.progress.JobLines;
import dev.espalier.driver.cli.progress.StopSignals;
import dev.espalier.driver.metrics.CacheMetrics;
import dev.espalier.driver.metrics.JobsMetrics;
import dev.espalier.driver.metrics.MetricsServer;
import dev.espalier.driver.metrics.ServiceMetrics;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.queue.LeaseLostException;
import dev.espalier.driver.service.queue.QueuePolicy;
import dev.espalier.driver.service.queue.ServiceFolder;
import dev.espalier.driver.service.queue.ServiceLease;
import dev.espalier.driver.spark.SparkSettings;
import dev.espalier.search.job.BadInputException;
import dev.espalier.worker.cache.Cache;
import dev.espalier.worker.cache.CacheSettings;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code espalier serve}: runs the jobs of a home's queue until it is stopped. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = {
      "Run the jobs that are submitted to this home, or store, several side by side, until Ctrl-C",
      "or SIGTERM. Then all jobs stop at a safe point and wait for the next service. A second service stands",
      "by and takes over when the first one ends, however it ends. Browsers of this machine see all jobs."
    })
public final class Serve implements Runnable {

  @Mixin private final StoreOption home = StoreOption.toWrite();

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Option(
      names = "--jobs",
      paramLabel = "N",
      defaultValue = "2",
      description = "So many jobs side by side (default: ${DEFAULT-VALUE}).")
  private int jobs;

  @Option(
      names = "--queue",
      paramLabel = "N",
      defaultValue = "100",
      description = "So many jobs may wait; more are refused (default: ${DEFAULT-VALUE}).")
  private int places;

  @Option(
      names = "--master",
      paramLabel = "MASTER",
      defaultValue = "local[*,4]",
      description =
          "Spark's master for all jobs, in place of their own (default: ${DEFAULT-VALUE}).")
  @SuppressWarnings("NullAway.Init")
  private String master;

  @Option(
      names = "--cache",
      paramLabel = "HOST:PORT",
      split = ",",
      description =
          "Members of the cache on other machines, whose homes have the same cache/secret. Without it, those of this home are used, or one is started here.")
  private List<String> members = List.of();

  @Mixin private final MetricsOption at = new MetricsOption();
  @Mixin private final PagesOption pagesAt = new PagesOption();

  @Override
  public void run() {
    requirePositive("--jobs", jobs);
    requirePositive("--queue", places);
    at.requireUsable();
    pagesAt.port();
    ServiceFolder folder = ServiceFolder.of(home.store());
    SparkSettings settings =
        new SparkSettings(
            master, home.home().service().resolve("spark"), home.home().clusterSecret(), jobs);
    try (StopSignals signals = StopSignals.heard(this::note)) {
      Optional<ServiceLease> lease =
          ServiceLease.await(
              folder,
              new QueuePolicy(jobs, places),
              master,
              InstantSource.system(),
              signals::stopping,
              this::note);
      if (lease.isPresent()) {
        try (ServiceLease mine = lease.get()) {
          serve(mine, settings, signals);
        }
      }
    }
  }

  private void serve(ServiceLease lease, SparkSettings settings, StopSignals signals) {
    note("Starting %s of %s".formatted(lease.lease().text(), home.store().place()));
    JobsMetrics all = new JobsMetrics();
    ServiceMetrics metrics = new ServiceMetrics(all, home.home().root(), InstantSource.system());
    try (JobLog log = JobLog.ofProcess(home.home().service().resolve("log"));
        MetricsServer server = all.serve(MetricsOption.PORT, at.address(), at.port());
        PagesServer pages =
            PagesServer.start(
                PagesOption.PORT, pagesAt.port(), new JobSite(home.home(), home.board()));
        SharedWorkplace workplace =
            lease.meanwhile(() -> SharedWorkplace.start(settings, openCache()))) {
      AtomicFile.write(home.home().service().resolve("metrics.port"), Json.text(server.port()));
      AtomicFile.write(home.home().service().resolve("pages.port"), Json.text(pages.port()));
      metrics.workers(workplace::workforce);
      workplace.cacheStatistics().ifPresent(member -> CacheMetrics.register(all, member));
      note(
          "Serving: %d jobs side by side, %d may wait; metrics at %s; pages at %s"
              .formatted(jobs, places, at.url(server), pages.url()));
      SharedWork work =
          new SharedWork(
              home.home(),
              home.store(),
              workplace,
              all,
              id -> new JobLines(id, this::note),
              JobOwner.service(lease::owns),
              InstantSource.system());
      new Service(lease, home.queue(), home.jobs(), work, metrics, this::note)
          .run(signals::stopping);
    } catch (LeaseLostException e) {
      throw new JobFailedException("" + e.getMessage(), e);
    }
    note("Ended; jobs that wait are for the next service");
  }

  private Cache openCache() {
    return members.isEmpty()
        ? Cache.open(home.home().cache(), CacheSettings.LOOPBACK)
        : Cache.at(home.home().cache(), members);
  }

  private static void requirePositive(String option, int value) {
    if (value < 1) {
      throw new BadInputException("%s: found %d, expected at least 1".formatted(option, value));
    }
  }

  /** Lines come from the threads of all jobs. */
  private void note(String line) {
    PrintWriter err = command.commandLine().getErr();
    synchronized (err) {
      err.println(line);
      err.flush();
    }
  }
}
