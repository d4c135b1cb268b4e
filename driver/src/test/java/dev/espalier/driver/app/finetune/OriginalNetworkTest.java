package dev.espalier.driver.app.finetune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.driver.app.GatePolicy;
import dev.espalier.driver.app.JobAdmission;
import dev.espalier.driver.app.JobView;
import dev.espalier.driver.app.plan.JobInputs;
import dev.espalier.driver.cli.ColouredImages;
import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.JobFile;
import dev.espalier.driver.service.JobFolder;
import dev.espalier.driver.service.JobRecord;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.driver.service.store.Store;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job keeps the weights that it was accepted with, and takes no others for them. */
class OriginalNetworkTest {

  private static final String JOB =
      """
      network: {name: mine}
      data: {name: coloured, splits: {train: 60, selection: 30, confirmation: 30}}
      evaluation: {recalibrationImages: 30}
      """;

  @TempDir private Path root;
  private Home home;
  private JobStore jobs;

  @BeforeEach
  void makeImages() throws IOException {
    home = new Home(root.resolve("home"));
    Files.createDirectories(home.data());
    ColouredImages.write(home.data().resolve("coloured" + PackedWriter.EXTENSION), 180, 1);
    jobs = new JobStore(Store.of(home), "1", InstantSource.system());
  }

  @Test
  void queue_importedNetwork_otherHomeWithAnotherTrainingOfItChangesNothing() throws IOException {
    byte[] mine = imports(home, 1);
    JobFolder job =
        new JobAdmission(home)
            .queue(
                JobFile.parse(JOB, "job.yaml"),
                jobs,
                new JobQueue(Store.of(home), InstantSource.system()),
                GatePolicy.FORCE);
    assertThat(job.record().digests()).containsEntry("weights", Sha256.of(mine));
    Home other = new Home(root.resolve("other"));
    imports(other, 2);

    original(job).keep(ImportedNetworks.of(other), new JobInputs(job));
    assertThat(job.imported()).hasValue(mine);
    assertThat(fetched(job)).isEqualTo(mine);
  }

  @Test
  void keep_lost_takesTheSameWeightsOnly() throws IOException {
    byte[] mine = imports(home, 1);
    JobFolder job = admit();
    Files.delete(kept(job));
    assertThatThrownBy(() -> fetched(job))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(Sha256.of(mine) + " are not there");

    byte[] other = imports(home, 2);
    assertThatThrownBy(() -> original(job).keep(ImportedNetworks.of(home)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(Sha256.of(mine))
        .hasMessageContaining(Sha256.of(other));
    assertThat(job.hasImported()).isFalse();

    imports(home, 1);
    original(job).keep(ImportedNetworks.of(home));
    assertThat(fetched(job)).isEqualTo(mine);
  }

  @Test
  void fetch_replaced_isRefusedWithBothDigests() throws IOException {
    byte[] mine = imports(home, 1);
    JobFolder job = admit();
    byte[] other = imports(home, 2);
    Files.write(kept(job), other);

    assertThatThrownBy(() -> fetched(job))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(Sha256.of(mine))
        .hasMessageContaining(Sha256.of(other));
  }

  @Test
  void keep_jobOfAnEarlierVersion_worksAndNotesItsWeightsUnlessItHasResults() throws IOException {
    byte[] mine = imports(home, 1);
    JobFolder begun = earlier(Map.of(JobInputs.PRUNING_NET, "abc"));
    String identity = begun.record().identity();
    original(begun).keep(ImportedNetworks.of(home), new JobInputs(begun));
    assertThat(begun.record().identity()).as("what its journal knows").isEqualTo(identity);
    assertThat(fetched(begun)).isEqualTo(mine);

    JobFolder waiting = earlier(Map.of());
    original(waiting).keep(ImportedNetworks.of(home), new JobInputs(waiting));
    assertThat(waiting.record().digests()).containsEntry("weights", Sha256.of(mine));
  }

  /** Nobody knows whether other weights would be those that its results came of. */
  @Test
  void keep_jobOfAnEarlierVersionThatLostThemAndHasResults_takesNone() throws IOException {
    imports(home, 1);
    for (String result : new String[] {"imported.json", "0123-2-taught-0.5-4.0.answers.json"}) {
      JobFolder job = earlier(Map.of(JobInputs.PRUNING_NET, "abc"));
      Files.delete(kept(job));
      job.fineTuned().writeText(result, "{}");

      original(job).keep(ImportedNetworks.of(home), new JobInputs(job));
      assertThatThrownBy(() -> fetched(job))
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("Maybe put them back");
      job.fineTuned().delete(result);
      original(job).keep(ImportedNetworks.of(home), new JobInputs(job));
      assertThat(job.hasImported()).isTrue();
    }
  }

  private JobFolder admit() {
    return new JobAdmission(home).admit(JobFile.parse(JOB, "job.yaml"), jobs);
  }

  private JobFolder earlier(Map<String, String> more) {
    JobFolder job = admit();
    JobRecord made = job.record();
    Map<String, String> digests = new TreeMap<>(made.digests());
    digests.remove(JobRecord.WEIGHTS);
    digests.putAll(more);
    job.write(
        new JobRecord(
            made.id(),
            made.created(),
            made.version(),
            digests,
            made.protocol(),
            made.architecture(),
            made.first(),
            made.begun()));
    return job;
  }

  private OriginalNetwork original(JobFolder job) {
    return new OriginalNetwork(job, JobView.of(home, job).plan());
  }

  private byte[] fetched(JobFolder job) throws IOException {
    Path file = root.resolve("fetched");
    original(job).fetch(file);
    return Files.readAllBytes(file);
  }

  private static Path kept(JobFolder job) {
    return job.fineTuned().local().orElseThrow().resolve("imported.network");
  }

  private static byte[] imports(Home where, long seed) throws IOException {
    Path file = Files.createDirectories(where.networks()).resolve("mine.network");
    try (TrainedNetwork any =
        TrainedNetwork.untrained(
            Zoo.network("resnet20", new Shape(3, 32, 32), 3),
            ImageConvention.unknown(3, 3),
            new RandomStreams(seed))) {
      NetworkFile.write(file, any);
    }
    return Files.readAllBytes(file);
  }
}
