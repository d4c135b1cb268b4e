package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobSummary;
import dev.espalier.driver.service.Place;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

abstract class JobQueueContract {

  protected Services services;
  protected JobQueue queue;

  /** A store of nothing. */
  protected abstract Store store();

  @BeforeEach
  void open() {
    services = Services.in(store());
    queue = services.queue();
  }

  @Test
  void submit_severalPriorities_placesThemInOrder() {
    JobFolder low = submit("low", 0);
    JobFolder high = submit("high", 9);

    assertThat(queue.place(high.id())).contains(1);
    assertThat(queue.place(low.id())).contains(2);
  }

  @Test
  void submit_fullQueue_isRefusedAndKeepsNothing() {
    services.serve(1, 2).close();
    submit("first", 0);
    submit("second", 0);

    assertThatThrownBy(() -> submit("third", 5))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("is full: 2 jobs wait, expected fewer than 2");
    assertThat(services.jobs().all(id -> Place.NONE)).hasSize(2);
  }

  @Test
  void submit_manyAtOnce_neverMoreThanThereArePlaces() {
    services.serve(1, 5).close();

    long accepted =
        IntStream.range(0, 12)
            .parallel()
            .filter(
                i -> {
                  try {
                    submit("job", 0);
                    return true;
                  } catch (BadInputException e) {
                    return false;
                  }
                })
            .count();

    assertThat(accepted).isEqualTo(5);
    assertThat(queue.tickets()).hasSize(5);
  }

  @Test
  void start_byTheService_marksThemAsItsOwn() {
    JobFolder first = submit("first", 0);
    JobFolder second = submit("second", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      assertThat(queue.start(lease)).extracting(Ticket::id).containsExactly(first.id());
      assertThat(queue.start(lease)).extracting(Ticket::id).containsExactly(first.id());
      assertThat(queue.isRun(first.id())).isTrue();
      assertThat(queue.place(first.id())).isEmpty();
      assertThat(queue.place(second.id())).contains(1);

      queue.ended(first.id(), lease.lease().epoch());
      assertThat(queue.start(lease)).extracting(Ticket::id).containsExactly(second.id());
    }
  }

  @Test
  void start_serviceWasReplaced_isRefused() throws Exception {
    submit("job", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      assertThat(ServiceFolder.of(services.store()).claim(lease.lease().epoch() + 1)).isTrue();

      assertThatThrownBy(() -> queue.start(lease)).isInstanceOf(LeaseLostException.class);
    }
    assertThat(queue.tickets()).noneMatch(ticket -> ticket.service() != null);
  }

  @Test
  void ended_byAServiceThatWasReplaced_changesNothing() {
    JobFolder job = submit("job", 0);
    try (ServiceLease dead = services.serve(1, 9)) {
      queue.start(dead);
    }
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);
      queue.ended(job.id(), lease.lease().epoch() - 1);
      queue.givenBack(job.id(), lease.lease().epoch() - 1);

      assertThat(queue.isRun(job.id())).isTrue();
    }
  }

  @Test
  void ended_serviceWasReplacedByOneThatHasNotBegun_changesNothing() {
    JobFolder job = submit("job", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);
      assertThat(ServiceFolder.of(services.store()).claim(2)).isTrue();

      queue.lost(job.id(), 1);
      queue.givenBack(job.id(), 1);
      queue.ended(job.id(), 1);

      assertThat(queue.tickets())
          .singleElement()
          .matches(ticket -> ticket.id().equals(job.id()) && ticket.runsIn(1));
    }
  }

  @Test
  void withdrawAbandoned_byAServiceThatWasReplaced_changesNothing() {
    JobFolder job = submit("job", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);
      queue.cancel(job);
      assertThat(ServiceFolder.of(services.store()).claim(3)).isTrue();

      queue.withdrawAbandoned(services.jobs(), 2);

      assertThat(queue.tickets()).hasSize(1);
    }
  }

  @Test
  void cancel_waitingJob_isWithdrawnAndStopped() {
    JobFolder job = submit("job", 0);

    assertThat(queue.cancel(job)).contains(Cancelled.WITHDRAWN);
    assertThat(queue.tickets()).isEmpty();
    assertThat(job.status().stage()).isEqualTo(Stage.STOPPED);
    assertThat(queue.cancel(job)).isEmpty();
  }

  @Test
  void cancel_runningJob_isAskedOnceAndLeavesWhenGivenBack() {
    JobFolder job = submit("job", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);

      assertThat(queue.cancel(job)).contains(Cancelled.ASKED);
      assertThat(queue.cancel(job)).contains(Cancelled.ASKED_BEFORE);
      queue.givenBack(job.id(), lease.lease().epoch());
      assertThat(queue.tickets()).isEmpty();
    }
  }

  @Test
  void withdrawAbandoned_serviceDiedBeforeItCouldStopTheJob_takesItOut() {
    JobFolder job = submit("job", 0);
    try (ServiceLease dead = services.serve(1, 9)) {
      queue.start(dead);
      queue.cancel(job);
    }
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.withdrawAbandoned(services.jobs(), lease.lease().epoch());
    }

    assertThat(queue.tickets()).isEmpty();
    assertThat(job.status().stage()).isEqualTo(Stage.STOPPED);
  }

  @Test
  void withdrawAbandoned_threeServicesInARowDied_failsTheJob() {
    JobFolder job = submit("job", 0);
    for (int died = 0; died < 3; died++) {
      try (ServiceLease dead = services.serve(1, 9)) {
        queue.withdrawAbandoned(services.jobs(), dead.lease().epoch());
        assertThat(queue.start(dead)).hasSize(1);
      }
    }
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.withdrawAbandoned(services.jobs(), lease.lease().epoch());
      assertThat(queue.start(lease)).isEmpty();
    }

    assertThat(queue.tickets()).isEmpty();
    assertThat(job.status().stage()).isEqualTo(Stage.FAILED);
    assertThat(job.status().message()).contains("3 times in a row", "'accepted'");
  }

  @Test
  void put_stoppedJob_waitsAgainWithItsPriority() {
    submit("other", 1);
    JobFolder job = submit("job", 4);
    queue.cancel(job);

    queue.put(job, true);

    assertThat(queue.place(job.id())).contains(1);
    assertThat(queue.tickets()).anyMatch(Ticket::forced);
    assertThatThrownBy(() -> queue.put(job, false)).hasMessageContaining("in the queue already");
  }

  @Test
  void leave_jobOfTheQueue_isForAProcessOfItsOwn() {
    JobFolder job = submit("job", 0);

    queue.leave(job.id());

    assertThat(queue.tickets()).isEmpty();
  }

  @Test
  void leave_jobThatAServiceRuns_isRefused() {
    JobFolder job = submit("job", 0);
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);

      assertThatThrownBy(() -> queue.leave(job.id())).isInstanceOf(BadInputException.class);
    }
  }

  @Test
  void board_jobsOfTheQueue_haveTheirPlacesAndService() {
    submit("first", 0);
    submit("second", 0);
    submit("third", 0);
    JobFolder alone = services.jobs().accept(Services.file("alone", 0));
    JobBoard board = new JobBoard(services.jobs(), queue);
    try (ServiceLease lease = services.serve(1, 9)) {
      queue.start(lease);

      assertThat(board.all())
          .map(JobSummary.class::cast)
          .extracting(job -> List.of(job.id().text(), job.state(), "" + job.place()))
          .containsExactly(
              List.of("alone-1", "submitted", "null"),
              List.of("third-1", "queued", "2"),
              List.of("second-1", "queued", "1"),
              List.of("first-1", "starting", "null"));
      assertThat(board.all())
          .map(JobSummary.class::cast)
          .extracting(JobSummary::service)
          .containsExactly(null, null, null, lease.lease().epoch());
    }
    assertThat(board.find(alone.id()).place()).isNull();
  }

  protected JobFolder submit(String name, int priority) {
    return queue.submit(Services.file(name, priority), services.jobs(), false);
  }
}
