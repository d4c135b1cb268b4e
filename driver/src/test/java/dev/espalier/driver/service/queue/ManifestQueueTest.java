package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Tickets in manifests, in a store without locks. */
class ManifestQueueTest extends JobQueueContract {

  private final Folder root = new MemoryFolder();

  @Override
  protected Store store() {
    return Store.shared(root);
  }

  @Test
  void change_manyAtOnceAndLong_losesNone() {
    Folder folder = root.folder("many");

    IntStream.range(0, 200)
        .parallel()
        .forEach(
            i ->
                new ManifestTickets(folder)
                    .change(
                        book -> {
                          book.put(ticket(i));
                          return i;
                        }));

    assertThat(new ManifestTickets(folder).all()).hasSize(200);
    assertThat(folder.names()).hasSizeLessThan(70);
  }

  @Test
  void change_somebodyElseWasFaster_isAskedAgainWithTheirTickets() {
    Folder folder = root.folder("faster");
    Tickets tickets = new ManifestTickets(folder);
    int[] asked = {0};

    List<Ticket> seen =
        tickets.change(
            book -> {
              if (asked[0]++ == 0) {
                new ManifestTickets(folder)
                    .change(
                        other -> {
                          other.put(ticket(1));
                          return 1;
                        });
              }
              List<Ticket> before = book.all();
              book.put(ticket(2));
              return before;
            });

    assertThat(asked[0]).isEqualTo(2);
    assertThat(seen).containsExactly(ticket(1));
    assertThat(tickets.all()).containsExactlyInAnyOrder(ticket(1), ticket(2));
  }

  @Test
  void change_soSlowThatItsNumberWasMadeAndRemoved_isNotLost() {
    Folder folder = root.folder("slow");
    Tickets tickets = new ManifestTickets(folder);
    int[] asked = {0};

    tickets.change(
        book -> {
          if (asked[0]++ == 0) {
            for (int i = 0; i < 100; i++) {
              int number = i;
              new ManifestTickets(folder)
                  .change(
                      other -> {
                        other.put(ticket(number));
                        return number;
                      });
            }
          }
          book.put(ticket(1000));
          return 0;
        });

    assertThat(tickets.all()).hasSize(101);
  }

  @Test
  void cancel_runningJobByAClockThatIsAhead_asksAndNeverTakesItOut() {
    Services services = Services.in(store());
    JobFolder job = services.queue().submit(Services.file("job", 0), services.jobs(), false);
    JobQueue ahead = new JobQueue(store(), () -> Instant.ofEpochSecond(1_000_000));
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);

      assertThat(ahead.cancel(job)).contains(Cancelled.ASKED);
      assertThat(services.queue().tickets()).hasSize(1);
    }
  }

  @Test
  void leave_runningJobByAClockThatIsAhead_isRefusedUntilItsServiceHasEnded() {
    Services services = Services.in(store());
    JobFolder job = services.queue().submit(Services.file("job", 0), services.jobs(), false);
    JobQueue ahead = new JobQueue(store(), () -> Instant.ofEpochSecond(1_000_000));
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);

      assertThatThrownBy(() -> ahead.leave(job.id()))
          .isInstanceOf(BadInputException.class)
          .hasMessageContainingAll("job-1 belongs to service 1", "espalier serve");
      assertThat(services.queue().isRun(job.id())).isTrue();
    }
    ahead.leave(job.id());
    assertThat(ahead.tickets()).isEmpty();
  }

  @Test
  void cancel_leaseWrittenByAServiceThatWasReplaced_asksTheOneThatRunsTheJob() {
    Services services = Services.in(store());
    JobFolder job = services.queue().submit(Services.file("job", 0), services.jobs(), false);
    Lease replaced;
    try (ServiceLease lease = services.serve(1, 9)) {
      replaced = lease.lease();
    }
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);
      ServiceFolder.of(store()).write(replaced);

      assertThat(services.queue().cancel(job)).contains(Cancelled.ASKED);
    }
  }

  @Test
  void cancel_jobOfAServiceThatWasReplaced_isWithdrawn() {
    Services services = Services.in(store());
    JobFolder job = services.queue().submit(Services.file("job", 0), services.jobs(), false);
    try (ServiceLease lease = services.serve(1, 9)) {
      services.queue().start(lease);
      assertThat(ServiceFolder.of(store()).claim(2)).isTrue();

      assertThat(services.queue().cancel(job)).contains(Cancelled.WITHDRAWN);
    }
  }

  @Test
  void change_namesThatAreNotOurs_areIgnored() {
    Folder folder = root.folder("stray");
    Tickets tickets = new ManifestTickets(folder);
    for (String stray : List.of("foo", "12x", "foo.json", "zz.json", "9999999999999999999.json")) {
      folder.writeText(stray, "not ours");
    }
    folder.writeText("0000000000000000001.json.bak", "not ours");

    for (int i = 0; i < 70; i++) {
      Ticket ticket = ticket(i);
      tickets.change(
          book -> {
            book.put(ticket);
            return ticket;
          });
    }

    assertThat(tickets.all()).hasSize(70);
    assertThat(folder.names()).contains("foo", "12x", "zz.json");
  }

  private static Ticket ticket(int number) {
    return Ticket.of(new JobId("job-" + number), 0, Instant.EPOCH, false);
  }
}
