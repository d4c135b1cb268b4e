package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.Place;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.AppendedObject;
import dev.espalier.driver.service.store.FaultyStore;
import dev.espalier.driver.service.store.FaultyStore.Lost;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What was asked of a store has happened, and whoever asked is not told so. */
class LostRepliesTest {

  /** More than any of the operations here writes. */
  private static final int WRITES = 12;

  private final FaultyStore faults = new FaultyStore(new MemoryFolder());
  private final Store store = Store.shared(faults.root());
  private final Services services = Services.in(store);
  private final JobQueue queue = services.queue();

  @ParameterizedTest
  @EnumSource
  void submit_anyReplyLost_isInTheQueueOnceOrNowhere(Lost how) {
    for (int write = 0; write < WRITES; write++) {
      List<JobId> before = waiting();
      faults.loseReply(write, how);
      try {
        JobFolder job = submit();
        assertThat(waiting()).as("write %d", write).hasSize(before.size() + 1).contains(job.id());
      } catch (UncheckedIOException e) {
        assertThat(waiting()).as("write %d", write).isEqualTo(before);
      }
      faults.recover();
      assertThat(services.jobs().all(id -> Place.NONE)).hasSameSizeAs(waiting());
    }
  }

  @Test
  void submit_oldManifestsCannotBeRemoved_isInTheQueue() {
    JobFolder first = submit();
    for (int i = 0; i < 40; i++) {
      queue.leave(first.id());
      queue.put(first, false);
    }
    faults.fail(request -> request.startsWith("delete"));

    JobFolder job = submit();

    assertThat(waiting()).containsExactly(first.id(), job.id());
    assertThat(services.jobs().find(job.id()).status().stage()).isEqualTo(Stage.PREPARING);
  }

  @Test
  void submit_queueCannotBeListedOnceTheJobIsInIt_keepsTheJob() {
    AtomicInteger left = new AtomicInteger(-1);
    faults.fail(
        request -> {
          if (request.startsWith("create") && request.contains("/queue/")) {
            left.set(1);
          }
          return request.startsWith("names") && left.getAndDecrement() == 1;
        });

    JobFolder job = submit();

    assertThat(waiting()).containsExactly(job.id());
    assertThat(services.jobs().find(job.id()).status().stage()).isEqualTo(Stage.PREPARING);
  }

  @ParameterizedTest
  @EnumSource
  void submit_replyOfTheLastPlaceLost_isNotRefused(Lost how) {
    services.serve(1, 1).close();

    // The job itself is a claim and three files.
    faults.loseReply(4, how);
    JobFolder job = submit();

    assertThat(faults.hasLost()).isTrue();
    assertThat(waiting()).containsExactly(job.id());
    assertThat(job.status().stage()).isEqualTo(Stage.PREPARING);
  }

  @ParameterizedTest
  @EnumSource
  void start_replyLost_namesTheJobs(Lost how) {
    JobFolder job = submit();
    try (ServiceLease lease = services.serve(1, 9)) {
      faults.loseReply(0, how);

      assertThat(queue.start(lease)).extracting(Ticket::id).containsExactly(job.id());
      assertThat(faults.hasLost()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void ended_replyLost_isOut(Lost how) {
    JobFolder job = submit();
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);
      faults.loseReply(0, how);

      queue.ended(job.id(), lease.lease().epoch());

      assertThat(faults.hasLost()).isTrue();
      assertThat(queue.tickets()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void givenBack_replyLost_keepsItsPlace(Lost how) {
    JobFolder job = submit();
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);
      faults.loseReply(0, how);

      queue.givenBack(job.id(), lease.lease().epoch());

      assertThat(faults.hasLost()).isTrue();
      assertThat(waiting()).containsExactly(job.id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void cancel_replyLost_tellsWhatWasDone(Lost how) {
    JobFolder runs = submit();
    JobFolder waits = submit();
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);

      faults.loseReply(0, how);
      assertThat(queue.cancel(runs)).contains(Cancelled.ASKED);
      // The status of the job is written first.
      faults.loseReply(1, how);
      assertThat(queue.cancel(waits)).contains(Cancelled.WITHDRAWN);
      assertThat(faults.hasLost()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void put_replyLost_waitsAgain(Lost how) {
    JobFolder job = services.jobs().accept(Services.file("job", 0));
    faults.loseReply(1, how);

    queue.put(job, false);

    assertThat(faults.hasLost()).isTrue();
    assertThat(waiting()).containsExactly(job.id());
  }

  @ParameterizedTest
  @EnumSource
  void leave_replyLost_isOut(Lost how) {
    JobFolder job = submit();
    faults.loseReply(0, how);

    queue.leave(job.id());

    assertThat(faults.hasLost()).isTrue();
    assertThat(queue.tickets()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void claim_replyLost_isOurs(Lost how) {
    ServiceFolder folder = ServiceFolder.of(store);
    faults.loseReply(0, how);

    assertThat(folder.claim(1)).isTrue();
    assertThat(faults.hasLost()).isTrue();
    assertThat(folder.claim(1)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void append_replyLost_isThereOnce(Lost how) {
    AppendedObject log = new AppendedObject(store.jobs(), "log");
    for (String piece : List.of("a", "b", "c")) {
      faults.loseReply(0, how);
      assertThat(log.append(piece.getBytes(StandardCharsets.UTF_8))).isTrue();
      assertThat(faults.hasLost()).isTrue();
    }

    assertThat(log.read().map(String::new)).contains("abc");
  }

  private JobFolder submit() {
    return queue.submit(Services.file("job", 0), services.jobs(), false);
  }

  private List<JobId> waiting() {
    return QueuePolicy.waiting(queue.tickets(), 0).stream().map(Ticket::id).toList();
  }
}
