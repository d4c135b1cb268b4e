package dev.espalier.driver.app.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TuningRunTest {

  private static final WorkerFile NET = new WorkerFile.Shared("0", "net");

  @TempDir private Path folder;

  @Test
  void taughtBy_fileThatWasReplaced_isRefusedWithBothDigests() throws IOException {
    Path file = Files.writeString(folder.resolve("teacher.network"), "one");
    WorkerFile teacher = new WorkerFile.Shared(Sha256.of("one"), file.toString());
    TuningRun run = new TuningRun("", "1-2", "", NET, teacher);
    assertThat(run.taughtBy()).isEqualTo(file);

    Files.writeString(file, "other");
    assertThatThrownBy(run::taughtBy)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(Sha256.of("one"))
        .hasMessageContaining(Sha256.of("other"));
  }

  @Test
  void taughtBy_none_isNone() {
    assertThat(new TuningRun("", "1-2", "", NET, null).taughtBy()).isNull();
  }
}
