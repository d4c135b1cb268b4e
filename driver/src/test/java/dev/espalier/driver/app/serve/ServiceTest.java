package dev.espalier.driver.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobFailedException;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.metrics.JobsMetrics;
import dev.espalier.driver.metrics.MetricsServer;
import dev.espalier.driver.metrics.Scrape;
import dev.espalier.driver.metrics.ServiceMetrics;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.driver.service.queue.ServiceFolder;
import dev.espalier.driver.service.queue.ServiceLease;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.driver.service.queue.Ticket;
import dev.espalier.driver.service.store.FaultyStore;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceTest {

  @TempDir private Path root;
  private final Acts acts = new Acts();
  private final List<String> notes = new CopyOnWriteArrayList<>();
  private final JobsMetrics all = new JobsMetrics();
  private final MetricsServer server =
      all.serve("--metrics-port", InetAddress.getLoopbackAddress(), 0);
  private final ServiceMetrics metrics =
      new ServiceMetrics(all, Path.of("."), InstantSource.system());
  private volatile boolean stop;
  private Services services;
  private JobQueue queue;
  private Thread serving = new Thread();

  @BeforeEach
  void open() {
    services = Services.in(new Home(root));
    queue = services.queue();
  }

  @AfterEach
  void end() throws InterruptedException {
    stop = true;
    serving.join();
    server.close();
  }

  @Test
  void run_moreJobsThanSideBySide_startsTheNextWhenOneEnds() throws Exception {
    submit("a", 0);
    submit("b", 0);
    submit("c", 5);
    serve(2);

    await(() -> acts.running.size() == 2);
    assertThat(acts.running).containsOnlyKeys("c-1", "a-1");
    acts.finish("c-1");
    await(() -> acts.running.containsKey("b-1"));
    assertThat(acts.running).containsOnlyKeys("a-1", "b-1");
    assertThat(notes).contains("c-1  begins", "c-1  done");
    await(() -> Scrape.text(server).contains("espalier_jobs{state=\"waiting\"} 0.0"));
    assertThat(Scrape.text(server))
        .contains(
            "espalier_service_epoch 1.0",
            "espalier_jobs{state=\"running\"} 2.0",
            "espalier_jobs_limit 2.0",
            "espalier_queue_places 9.0",
            "espalier_jobs_ended_total{end=\"done\"} 1.0",
            "espalier_jobs_ended_total{end=\"failed\"} 0.0");
  }

  @Test
  void run_jobFails_othersGoOnAndItLeavesTheQueue() throws Exception {
    submit("bad", 1);
    submit("good", 0);
    serve(1);

    await(() -> acts.running.containsKey("bad-1"));
    acts.fail("bad-1");
    await(() -> acts.running.containsKey("good-1"));
    assertThat(notes).contains("bad-1  failed: an act");
    assertThat(queue.tickets()).extracting(ticket -> ticket.id().text()).containsExactly("good-1");
  }

  @Test
  void run_jobFailsInSuchAWayThatNothingCanBeSaidOfIt_leavesTheQueue() throws Exception {
    submit("bad", 0);
    serve(1);

    await(() -> acts.running.containsKey("bad-1"));
    acts.fail("bad-1", new Unspeakable());
    await(() -> queue.tickets().isEmpty());
    await(() -> notes.contains("bad-1  failed"));
  }

  @Test
  void run_jobCancelled_stopsItAloneAndForgetsIt() throws Exception {
    JobFolder first = submit("first", 0);
    submit("second", 0);
    serve(2);
    await(() -> acts.running.size() == 2);

    queue.cancel(first);

    await(() -> !acts.running.containsKey("first-1") && queue.tickets().size() == 1);
    assertThat(acts.running).containsOnlyKeys("second-1");
  }

  @Test
  void run_stopped_allJobsStopAndKeepTheirPlaces() throws Exception {
    submit("first", 0);
    submit("second", 0);
    submit("third", 0);
    serve(2);
    await(() -> acts.running.size() == 2);

    end();

    assertThat(acts.running).isEmpty();
    assertThat(queue.tickets())
        .hasSize(3)
        .allMatch(ticket -> ticket.service() == null && !ticket.stopping());
    assertThat(queue.service()).isEmpty();
  }

  @Test
  void run_forcedJob_isForced() throws Exception {
    queue.submit(Services.file("forced", 0), services.jobs(), true);
    serve(1);

    await(() -> acts.running.containsKey("forced-1"));
    assertThat(acts.running).containsEntry("forced-1", GatePolicy.FORCE);
  }

  @Test
  void run_workersAreLost_endsAndKeepsTheJobs() throws Exception {
    submit("job", 0);
    ServiceLease lease = services.serve(1, 9);
    acts.possible = false;

    assertThatThrownBy(
            () -> {
              try (lease) {
                new Service(lease, queue, services.jobs(), acts, metrics, notes::add)
                    .run(() -> stop);
              }
            })
        .isInstanceOf(JobFailedException.class)
        .hasMessageContaining("has lost its workers");
    assertThat(queue.tickets()).extracting(Ticket::service).containsOnlyNulls();
  }

  @Test
  void run_jobThatItTookWithoutBeingTold_startsIt() throws Exception {
    JobFolder job = submit("taken", 0);
    ServiceLease lease = services.serve(2, 9);
    queue.start(lease);

    serve(lease);

    await(() -> acts.running.containsKey(job.id().text()));
  }

  @Test
  void run_storeCannotBeUsedForAWhile_saysItOnceAndGoesOn() throws Exception {
    FaultyStore faults = share();
    submit("first", 0);
    serve(2);
    await(() -> acts.running.containsKey("first-1"));

    faults.fail(request -> request.contains("/service"));
    acts.finish("first-1");
    await(() -> notes.stream().anyMatch(line -> line.endsWith("; tries again")));
    Thread.sleep(500);
    faults.recover();
    submit("second", 0);

    await(() -> acts.running.containsKey("second-1"));
    await(() -> notes.contains("The store can be used again"));
    assertThat(notes)
        .filteredOn(line -> !line.contains("begins"))
        .hasSize(3)
        .last()
        .isEqualTo("The store can be used again");
    assertThat(notes).contains("first-1  done");
    assertThat(queue.tickets()).extracting(ticket -> ticket.id().text()).containsOnly("second-1");
  }

  @Test
  void run_storeCannotBeUsedAnyMore_endsAndStopsItsJobs() {
    FaultyStore faults = share();
    submit("job", 0);
    ServiceLease lease = services.serve(1, 9);
    Duration longest = Duration.ofMillis(400);

    assertThatThrownBy(
            () ->
                new Service(lease, queue, services.jobs(), acts, metrics, notes::add, longest)
                    .run(
                        () -> {
                          if (acts.running.containsKey("job-1")) {
                            faults.fail(request -> true);
                          }
                          return false;
                        }))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContainingAll("cannot use its store", "the store cannot be reached");

    assertThat(acts.running).isEmpty();
    faults.recover();
    lease.close();
    assertThat(queue.place(new JobId("job-1"))).contains(1);
  }

  @Test
  void run_stoppedAndATicketCannotBeChanged_endsTheOtherJobsAllTheSame() {
    FaultyStore faults = share();
    submit("first", 0);
    submit("second", 0);
    ServiceLease lease = services.serve(2, 9);
    int[] changes = {0};

    new Service(lease, queue, services.jobs(), acts, metrics, notes::add)
        .run(
            () -> {
              if (acts.running.size() < 2) {
                return false;
              }
              faults.fail(request -> request.startsWith("create") && changes[0]++ < 3);
              return true;
            });
    lease.close();

    assertThat(acts.running).isEmpty();
    assertThat(queue.tickets()).hasSize(2).extracting(Ticket::service).containsOnlyNulls();
  }

  @Test
  void run_filesOfAJobCannotBeUsedForAWhile_beginsItAgainAfterARest() throws Exception {
    submit("job", 0);
    acts.lose("job-1", 2);
    serve(services.serve(1, 9), Duration.ofMillis(400));

    await(() -> acts.running.containsKey("job-1"));
    acts.finish("job-1");
    await(() -> notes.contains("job-1  done"));
    assertThat(queue.tickets()).isEmpty();
    assertThat(notes)
        .containsSubsequence(
            "job-1  interrupted: cannot read: an act",
            "job-1  begins",
            "job-1  interrupted: cannot read: an act",
            "job-1  begins",
            "job-1  done");
  }

  @Test
  void run_filesOfAJobCannotBeUsedThreeTimes_failsIt() throws Exception {
    JobFolder job = submit("job", 0);
    acts.lose("job-1", 3);
    serve(services.serve(1, 9), Duration.ofMillis(100));

    await(() -> queue.tickets().isEmpty());
    assertThat(job.status().stage()).isEqualTo(Stage.FAILED);
    assertThat(job.status().message()).contains("3 times in a row", "espalier resume job-1");
  }

  @Test
  void run_stoppedWhileAJobRests_endsAtOnceAndKeepsTheJob() throws Exception {
    submit("job", 0);
    acts.lose("job-1", 1);
    serve(services.serve(1, 9), Duration.ofHours(1));
    await(() -> acts.losses.isEmpty());

    end();

    assertThat(queue.place(new JobId("job-1"))).contains(1);
  }

  @Test
  void run_jobThatCannotBeRead_holdsUpNoOther() throws Exception {
    FaultyStore faults = share();
    submit("bad", 5);
    submit("good", 0);
    faults.fail(request -> request.contains("/jobs/bad-1"));
    serve(services.serve(1, 9), Duration.ofMillis(400));

    await(() -> acts.running.containsKey("good-1"));
    assertThat(queue.tickets()).extracting(ticket -> ticket.id().text()).containsExactly("good-1");
    assertThat(notes).filteredOn(line -> line.startsWith("bad-1  interrupted")).hasSize(3);
    assertThat(notes).noneMatch(line -> line.endsWith("; tries again"));
  }

  /** Goes on in a store that has no lock, and has faults. */
  private FaultyStore share() {
    FaultyStore faults = new FaultyStore(new MemoryFolder());
    services = Services.in(Store.shared(faults.root()));
    queue = services.queue();
    return faults;
  }

  private JobFolder submit(String name, int priority) {
    return queue.submit(Services.file(name, priority), services.jobs(), false);
  }

  private void serve(int jobs) {
    serve(services.serve(jobs, 9));
  }

  private void serve(ServiceLease lease) {
    serve(lease, ServiceFolder.SILENCE);
  }

  private void serve(ServiceLease lease, Duration longest) {
    serving =
        new Thread(
            () -> {
              try (lease) {
                new Service(lease, queue, services.jobs(), acts, metrics, notes::add, longest)
                    .run(() -> stop);
              }
            });
    serving.start();
  }

  private static void await(BooleanSupplier what) throws InterruptedException {
    long end = System.nanoTime() + 20_000_000_000L;
    while (!what.getAsBoolean()) {
      assertThat(System.nanoTime()).as("it never came so far").isLessThan(end);
      Thread.sleep(10);
    }
  }

  /** There is no memory left even for its message. */
  private static final class Unspeakable extends RuntimeException {

    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new OutOfMemoryError("an act");
    }
  }

  /** Jobs that do what the test says, or stop when they are asked to. */
  private static final class Acts implements JobWork {

    private final Map<String, GatePolicy> running = new ConcurrentHashMap<>();
    private final Set<String> done = ConcurrentHashMap.newKeySet();
    private final Map<String, RuntimeException> failures = new ConcurrentHashMap<>();
    private final Map<String, Integer> losses = new ConcurrentHashMap<>();
    private volatile boolean possible = true;

    void finish(String id) {
      done.add(id);
    }

    /** Has the files of a job fail it so often. */
    void lose(String id, int times) {
      losses.put(id, times);
    }

    void fail(String id) {
      fail(id, new IllegalStateException("an act"));
    }

    void fail(String id, RuntimeException how) {
      failures.put(id, how);
    }

    @Override
    public boolean run(JobFolder job, GatePolicy gate, BooleanSupplier stop) {
      String id = job.id().text();
      if (losses.containsKey(id)) {
        losses.computeIfPresent(id, (lost, times) -> times > 1 ? times - 1 : null);
        throw new UncheckedIOException("cannot read", new IOException("an act"));
      }
      running.put(id, gate);
      try {
        while (!stop.getAsBoolean()) {
          RuntimeException failure = failures.get(id);
          if (failure != null) {
            throw failure;
          }
          if (done.contains(id)) {
            return true;
          }
          LockSupport.parkNanos(5_000_000);
        }
        return false;
      } finally {
        running.remove(id);
      }
    }

    @Override
    public boolean possible() {
      return possible;
    }
  }
}
