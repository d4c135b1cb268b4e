package dev.espalier.driver.app.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobInputsTest {

  @TempDir private Path home;
  private JobFolder job;

  @BeforeEach
  void accept() {
    job =
        new JobStore(Store.of(new Home(home)), "1", InstantSource.fixed(Instant.EPOCH))
            .accept(
                JobFile.parse("network: {name: resnet20}\ndata: {name: shapes-32}\n", "job.yaml"));
  }

  @Test
  void require_nextRunWithSameInputs_isTheSameIdentity() {
    JobInputs first = new JobInputs(job);
    first.require("data", "aaa");
    first.choose("some protocol");

    JobInputs second = new JobInputs(job);
    second.require("data", "aaa");

    assertThat(second.identity()).isEqualTo(first.identity());
    assertThat(second.protocol()).isEqualTo("some protocol");
  }

  @Test
  void require_changedInput_isRefusedNamingBothDigests() {
    new JobInputs(job).require("data", "aaa");

    assertThatThrownBy(() -> new JobInputs(job).require("data", "bbb"))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("job job-1 was begun with data aaa, but finds bbb now");
  }
}
