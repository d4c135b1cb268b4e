package dev.espalier.driver.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.measure.OwnWorkplace;
import dev.espalier.driver.app.watch.JobListener;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.metrics.JobMetrics;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.Stage;
import dev.espalier.driver.service.queue.Services;
import dev.espalier.driver.service.store.FaultyStore;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunTest {

  @TempDir private Path root;
  private final FaultyStore faults = new FaultyStore(new MemoryFolder());
  private final Services services = Services.in(Store.shared(faults.root()));
  private final JobFolder job = services.jobs().accept(Services.file("job", 0));

  @BeforeEach
  void loseTheJobFile() {
    faults.fail(request -> request.startsWith("read") && request.endsWith("job.yaml"));
  }

  @Test
  void run_filesCannotBeUsedAndItIsTriedAgain_isNotAFailure() {
    assertThatThrownBy(() -> run(JobOwner.service(() -> true)))
        .isInstanceOf(UncheckedIOException.class)
        .hasRootCauseMessage("the store cannot be reached");

    assertThat(job.status().stage()).isEqualTo(Stage.STOPPED);
    assertThat(job.status().message())
        .startsWith("cannot use its files: cannot read")
        .endsWith("the store cannot be reached; tries again");
  }

  @Test
  void run_filesCannotBeUsedAndNobodyTriesAgain_fails() {
    assertThatThrownBy(() -> run(JobOwner.PROCESS))
        .isInstanceOf(JobFailedException.class)
        .hasMessageContainingAll("job job-1 cannot use its files", "espalier resume job-1");

    assertThat(job.status().stage()).isEqualTo(Stage.FAILED);
  }

  @Test
  void run_jobIsAnotherServices_leavesItsStatusToThem() {
    assertThatThrownBy(() -> run(JobOwner.service(() -> false)))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(job.status().message()).isEqualTo("accepted");
  }

  private void run(JobOwner owner) {
    Home home = new Home(root);
    new JobRun(
            home,
            services.store(),
            new OwnWorkplace(home),
            JobMetrics::alone,
            JobListener.SILENT,
            () -> false,
            owner,
            services.clock())
        .run(job, GatePolicy.STOP);
  }
}
