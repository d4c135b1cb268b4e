package dev.espalier.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.plan.LatencyTables;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.energy.Coefficients;
import dev.espalier.search.job.BadInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceFilesTest {

  private static final String TABLE = LatencyTables.of("resnet20");
  private static final String JOB =
      "network: {name: resnet20}\ndata: {name: shapes-32}\n"
          + "device: {latency: phone.tsv, energy: eyeriss}\n";

  @TempDir private Path folder;

  @BeforeEach
  void write() throws Exception {
    Files.writeString(folder.resolve("job.yaml"), JOB);
    Files.writeString(folder.resolve("phone.tsv"), TABLE);
  }

  @Test
  void read_filesBesideTheJob_arePartOfIt() {
    JobFile file = JobFile.read(folder.resolve("job.yaml"));

    assertThat(file.spec().device().latency()).isEqualTo(TABLE);
    assertThat(file.spec().device().energy()).isEqualTo(Coefficients.EYERISS.text());
    assertThat(JobFile.parse(JobFile.canonical(file.spec()), "job").spec()).isEqualTo(file.spec());
  }

  @Test
  void digest_otherTableUnderTheSameName_isAnother() throws Exception {
    String digest = JobStore.digest(JobFile.read(folder.resolve("job.yaml")));
    Files.writeString(folder.resolve("phone.tsv"), TABLE.replace("\t2\t", "\t3\t"));
    String changed = JobStore.digest(JobFile.read(folder.resolve("job.yaml")));
    Files.writeString(folder.resolve("tablet.tsv"), TABLE);
    Files.writeString(folder.resolve("job.yaml"), JOB.replace("phone", "tablet"));

    assertThat(changed).isNotEqualTo(digest);
    assertThat(JobStore.digest(JobFile.read(folder.resolve("job.yaml")))).isEqualTo(digest);
  }

  /** A job goes on as it began, whatever becomes of the files that it was made from. */
  @Test
  void accept_job_keepsItsOwnCopies() throws Exception {
    JobFile file = JobFile.read(folder.resolve("job.yaml"));
    JobStore jobs =
        new JobStore(Store.of(new Home(folder.resolve("home"))), "1", InstantSource.system());
    JobFolder job = jobs.accept(file);
    Files.delete(folder.resolve("phone.tsv"));

    assertThat(jobs.find(job.id()).file()).isEqualTo(file);
    assertThat(JobStore.digest(jobs.find(job.id()).file()))
        .isEqualTo(job.record().digests().get("job"));
    job.folder().delete(DeviceFiles.LATENCY);
    assertThatThrownBy(() -> jobs.find(job.id()).file())
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("latency.tsv is missing");
  }

  @Test
  void read_fileThatIsNotThere_namesJobFieldAndFile() throws Exception {
    Files.delete(folder.resolve("phone.tsv"));

    assertThatThrownBy(() -> JobFile.read(folder.resolve("job.yaml")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("job.yaml: device.latency: found 'phone.tsv', expected a file");
  }

  @Test
  void read_damagedTable_namesFieldFileAndLine() throws Exception {
    Files.writeString(folder.resolve("phone.tsv"), TABLE.substring(0, TABLE.length() - 9));

    assertThatThrownBy(() -> JobFile.read(folder.resolve("job.yaml")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("device.latency: phone.tsv:");
  }
}
