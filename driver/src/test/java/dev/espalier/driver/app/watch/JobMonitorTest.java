package dev.espalier.driver.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.driver.service.store.FaultyStore;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class JobMonitorTest {

  private final FaultyStore faults = new FaultyStore(new MemoryFolder());
  private final Services services = Services.in(Store.shared(faults.root()));
  private final JobFolder job = services.jobs().accept(Services.file("job", 0));
  private final Screen screen = new Screen();
  private final JobMetrics metrics = JobMetrics.alone("job-1");
  private boolean owns = true;
  private final JobMonitor monitor =
      new JobMonitor(job, screen, metrics, () -> owns, services.clock());

  @Test
  void stage_statusCannotBeWrittenForAWhile_saysItOnceAndWritesTheNext() {
    faults.fail(request -> request.startsWith("write"));
    monitor.stage(Stage.TRAINING, "trains");
    monitor.progress(new Progress(1, 2, "steps", ""));
    assertThat(job.status().stage()).isEqualTo(Stage.PREPARING);

    faults.recover();
    monitor.stage(Stage.SEARCHING, "searches");

    assertThat(job.status().stage()).isEqualTo(Stage.SEARCHING);
    assertThat(job.status().time()).containsKeys("preparing", "training");
    assertThat(screen.notes).hasSize(1);
    assertThat(screen.notes.get(0))
        .contains("status.json: the store cannot be reached; tries again");
  }

  @Test
  void record_jobIsAnotherOwners_leavesTheStatusToThem() {
    monitor.stage(Stage.TRAINING, "trains");
    owns = false;
    job.write(job.status().at(Stage.DONE, "finished by another one", services.clock().instant()));

    monitor.progress(new Progress(1, 2, "steps", ""));
    monitor.record(Stage.STOPPED, "stopped at a safe point");

    assertThat(job.status().stage()).isEqualTo(Stage.DONE);
    assertThat(job.status().message()).isEqualTo("finished by another one");
    assertThat(screen.notes).isEmpty();
  }

  @Test
  void record_lastStatusCannotBeWrittenAtOnce_triesAgain() {
    int[] writes = {0};
    faults.fail(request -> request.startsWith("write") && writes[0]++ < 3);

    monitor.record(Stage.DONE, "finished");

    assertThat(job.status().stage()).isEqualTo(Stage.DONE);
  }

  @Test
  void record_lastStatusCannotBeWritten_endsTheJobAllTheSame() {
    faults.fail(request -> request.startsWith("write"));

    monitor.record(Stage.STOPPED, "stopped at a safe point");

    assertThat(monitor.status().stage()).isEqualTo(Stage.STOPPED);
    assertThat(screen.notes).hasSize(1);
  }

  /** Remembers what it is told. */
  private static final class Screen implements JobListener {

    private final List<String> notes = new ArrayList<>();

    @Override
    public void note(String line) {
      notes.add(line);
    }
  }
}
