package dev.espalier.driver.service.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.file.ProcessLock;
import dev.espalier.driver.service.store.Store;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tickets in files, with a lock. */
class JobQueueTest extends JobQueueContract {

  @TempDir private Path root;

  @Override
  protected Store store() {
    return Store.of(new Home(root));
  }

  @Test
  void put_jobThatRunsInAnotherProcess_isRefused() {
    JobFolder job = services.jobs().accept(Services.file("job", 0));
    try (ProcessLock lock = ProcessLock.take(job.local().orElseThrow().lock()).orElseThrow()) {
      assertThatThrownBy(() -> queue.put(job, false)).hasMessageContaining("is running already");
    }
  }

  @Test
  void tickets_oneThatIsDamaged_isPassedOverUntilTheJobIsPutBack() throws Exception {
    JobFolder bad = submit("bad", 0);
    JobFolder good = submit("good", 0);
    Path folder = services.store().service().local().orElseThrow().resolve("queue");
    Files.writeString(folder.resolve("bad-1.json"), "half a tick");

    assertThat(queue.tickets()).extracting(Ticket::id).containsExactly(good.id());
    assertThat(queue.place(good.id())).contains(1);
    try (ServiceLease lease = services.serve(1, 9)) {
      assertThat(queue.start(lease)).extracting(Ticket::id).containsExactly(good.id());
    }

    queue.put(bad, false);
    assertThat(queue.tickets()).extracting(Ticket::id).contains(bad.id(), good.id());
  }

  @Test
  void tickets_namesThatAreNotOurs_areIgnored() throws Exception {
    JobFolder job = submit("job", 0);
    Path folder = services.store().service().local().orElseThrow().resolve("queue");
    Path ticket = folder.resolve("job-1.json");
    Files.copy(ticket, folder.resolve("copy-of-job-1.json"));
    Files.writeString(folder.resolve("foo.json"), "not ours");
    Files.writeString(folder.resolve("12x"), "not ours");
    Files.writeString(folder.resolve("job-1.json~"), "half");
    Files.writeString(folder.resolve(".job-1.json.swp"), "half");

    assertThat(queue.tickets()).extracting(Ticket::id).containsExactly(job.id());
  }
}
