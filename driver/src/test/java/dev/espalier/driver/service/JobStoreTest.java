package dev.espalier.driver.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.store.FailingFolder;
import dev.espalier.driver.service.store.Folder;
import dev.espalier.driver.service.store.MemoryFolder;
import dev.espalier.driver.service.store.Store;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobStoreTest {

  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
  private static final String TEXT =
      "network: {name: resnet20}\ndata: {name: shapes-32}\noutput: {name: demo}\n";

  @TempDir private Path root;

  @Test
  void accept_job_keepsFileDigestAndVersion() throws Exception {
    JobFile file = JobFile.parse(TEXT, "job.yaml");
    JobFolder job = store(NOON).accept(file);

    assertThat(job.id()).isEqualTo(new JobId("demo-1"));
    assertThat(job.file().text()).isEqualTo(TEXT);
    assertThat(job.record().digests()).containsEntry("job", JobStore.digest(file));
    assertThat(job.record().version()).isEqualTo("7.8.9");
    assertThat(job.status()).isEqualTo(JobStatus.accepted(NOON));
  }

  /** Whoever finds the job before it is all there would take another network of the name. */
  @Test
  void accept_networkThatWasImportedDyingAtAnyWrite_noWholeJobLacksIt() {
    JobFile file = JobFile.parse(TEXT, "job.yaml");
    byte[] network = {1, 2, 3};
    int whole = 0;
    for (int at = 0; at < 8; at++) {
      MemoryFolder memory = new MemoryFolder();
      Folder dying = new FailingFolder(memory, at, true);
      try {
        new JobStore(Store.shared(dying), "7.8.9", InstantSource.fixed(NOON))
            .noting("graph", Optional.of(network))
            .accept(file);
      } catch (UncheckedIOException e) {
        assertThat(e).hasMessageContaining("cannot write");
      }
      JobStore jobs = new JobStore(Store.shared(memory), "7.8.9", InstantSource.fixed(NOON));
      for (ListedJob job : jobs.all(id -> Place.NONE)) {
        if (job instanceof JobSummary) {
          JobFolder found = jobs.find(job.id());
          assertThat(found.imported()).hasValue(network);
          assertThat(found.record().digests())
              .containsEntry("weights", Sha256.of(network))
              .containsKey("job");
          whole++;
        }
      }
    }
    assertThat(whole).isPositive();
  }

  @Test
  void discard_networkThatWasImported_leavesNothing() {
    MemoryFolder memory = new MemoryFolder();
    JobFolder job =
        new JobStore(Store.shared(memory), "7.8.9", InstantSource.fixed(NOON))
            .noting("graph", Optional.of(new byte[] {1}))
            .accept(JobFile.parse(TEXT, "job.yaml"));
    assertThat(job.hasImported()).isTrue();

    job.discard();
    assertThat(job.hasImported()).isFalse();
  }

  @Test
  void digest_sameJobInOtherWords_isTheSame() {
    String digest = JobStore.digest(JobFile.parse(TEXT, "job.yaml"));

    assertThat(JobStore.digest(JobFile.parse("# a remark\n" + TEXT + "\n", "other.yaml")))
        .isEqualTo(digest);
    assertThat(JobStore.digest(JobFile.parse(TEXT + "search: {budget: 7}\n", "job.yaml")))
        .isNotEqualTo(digest);
  }

  /** Else no job could go on with more stages than it first had. */
  @Test
  void digest_otherStagesAndOutput_isTheSame() {
    String others =
        "stages: [train, search, confirm, fineTune]\nfineTune: {epochs: 3}\n"
            + TEXT.replace("name: demo", "priority: 5");

    assertThat(JobStore.digest(JobFile.parse(others, "job.yaml")))
        .isEqualTo(JobStore.digest(JobFile.parse(TEXT, "job.yaml")));
  }

  @Test
  void accept_manyAtOnce_givesEachItsOwnFolder() {
    JobFile file = JobFile.parse(TEXT, "job.yaml");

    List<JobId> ids =
        IntStream.range(0, 20)
            .parallel()
            .mapToObj(i -> store(NOON).accept(file).id())
            .distinct()
            .toList();

    assertThat(ids).hasSize(20);
  }

  @Test
  void all_severalJobs_latestFirstWithoutStrangers() throws Exception {
    JobFile file = JobFile.parse(TEXT, "job.yaml");
    store(NOON).accept(file);
    store(NOON.plusSeconds(1)).accept(file);
    Files.createDirectories(root.resolve("jobs/.Trash"));
    Files.createDirectories(root.resolve("jobs/half-made"));

    assertThat(store(NOON).all(id -> Place.NONE))
        .allMatch(JobSummary.class::isInstance)
        .extracting(job -> job.id().text())
        .containsExactly("demo-2", "demo-1");
  }

  @Test
  void all_otherHome_isEmpty(@TempDir Path other) {
    store(NOON).accept(JobFile.parse(TEXT, "job.yaml"));

    assertThat(
            new JobStore(Store.of(new Home(other)), "1", InstantSource.fixed(NOON))
                .all(id -> Place.NONE))
        .isEmpty();
  }

  @Test
  void find_misspelledId_guesses() {
    store(NOON).accept(JobFile.parse(TEXT, "job.yaml"));

    assertThatThrownBy(() -> store(NOON).find(new JobId("dmeo-1")))
        .isInstanceOf(NotFoundException.class)
        .hasMessage("job 'dmeo-1' does not exist. Maybe 'demo-1' is meant?");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", "A", "-a", "a b", "a\u0000"})
  void id_thatCouldLeaveTheFolder_isRefused(String id) {
    assertThatThrownBy(() -> new JobId(id)).isInstanceOf(BadInputException.class);
  }

  @Test
  void status_writtenAndRead_isTheSame() {
    JobFolder job = store(NOON).accept(JobFile.parse(TEXT, "job.yaml"));
    JobStatus status =
        JobStatus.accepted(NOON)
            .at(Stage.SEARCHING, "searching", NOON.plusSeconds(1))
            .progress(3, 9, "structures", Duration.ofSeconds(70))
            .with(new JobStatus.Counts(3, 1, 5, 6), 0.5)
            .spent(Duration.ofSeconds(2), NOON.plusSeconds(3))
            .spent(Duration.ofMillis(500), NOON.plusSeconds(4));

    job.write(status);

    assertThat(job.status()).isEqualTo(status);
    assertThat(status.time()).containsEntry("searching", Duration.ofMillis(2500));
    assertThat(job.folder().local().orElseThrow().resolve("status.json"))
        .content()
        .contains("\"stage\" : \"searching\"");
  }

  private JobStore store(Instant now) {
    return new JobStore(Store.of(new Home(root)), "7.8.9", InstantSource.fixed(now));
  }
}
