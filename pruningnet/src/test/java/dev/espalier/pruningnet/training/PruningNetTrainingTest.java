package dev.espalier.pruningnet.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.meta.TrainedPruningNet;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningNetTrainingTest {

  private static final SearchSpace SPACE =
      SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);

  @TempDir Path folder;
  private TrainingData data;

  @BeforeEach
  void makeImages() {
    data = ColouredImages.of(folder, 40);
  }

  @Test
  void digest_ofEqualTrainings_isEqual() {
    assertThat(new PruningNetTraining(SPACE, spec(1), data).digest())
        .isEqualTo(
            new PruningNetTraining(
                    SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING),
                    spec(1),
                    new TrainingData(data.dataset(), data.images().clone()))
                .digest());
  }

  @Test
  void digest_changesWithSettingsSpaceAndImages() {
    SearchSpace fixed =
        SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING, Set.of("stem"));
    int[] fewer = {0, 1, 2, 3};
    assertThat(
            Set.of(
                new PruningNetTraining(SPACE, spec(1), data).digest(),
                new PruningNetTraining(SPACE, spec(2), data).digest(),
                new PruningNetTraining(fixed, spec(1), data).digest(),
                new PruningNetTraining(SPACE, spec(1), new TrainingData(data.dataset(), fewer))
                    .digest()))
        .hasSize(4);
  }

  @Test
  void digest_ofOneWorker_isWhatItWasBeforeThereWereSeveral() {
    String digest = "1244f4d23797f529686e268392c6799d6a83bf0f43d4bf492c559a81bd30337c";
    assertThat(new PruningNetTraining(SPACE, spec(1), data).digest()).isEqualTo(digest);
    assertThat(new PruningNetTraining(SPACE, spec(1, 3), data).digest()).isEqualTo(digest);
  }

  @Test
  void digest_changesWithTheNumberOfWorkersAndTheirAveraging() {
    assertThat(
            Set.of(
                new PruningNetTraining(SPACE, spec(1, 3), data).digest(),
                new PruningNetTraining(SPACE, spec(2, 3), data).digest(),
                new PruningNetTraining(SPACE, spec(2, 4), data).digest()))
        .hasSize(3);
  }

  @Test
  void trainer_hasTheDigestOfItsTraining() {
    PruningNetTraining training = new PruningNetTraining(SPACE, spec(1), data);
    try (PruningNet net = training.untrained();
        Trainer trainer = training.trainer(net, 1, TrainingListener.SILENT)) {
      assertThat(trainer.digest()).isEqualTo(training.digest());
    }
  }

  @Test
  void save_ofTheSameTrainingDoneTwice_givesTheSameFile() {
    PruningNetTraining training = new PruningNetTraining(SPACE, spec(1), data);
    try (TrainedPruningNet one = train(training, "one");
        TrainedPruningNet two = train(training, "two")) {
      assertThat(two.digest()).isEqualTo(one.digest());
      assertThat(one.provenance().training()).isEqualTo(training.digest());
      assertThat(one.provenance().datasetDigest()).isEqualTo(data.dataset().info().digest());
    }
  }

  private TrainedPruningNet train(PruningNetTraining training, String name) {
    PruningNet net = training.untrained();
    try (Trainer trainer = training.trainer(net, 1, TrainingListener.SILENT)) {
      trainer.train();
    }
    return training.save(net, folder.resolve(name));
  }

  private static PruningNetSpec spec(long seed) {
    return spec(seed, PruningNetSpec.Training.ALONE);
  }

  private static PruningNetSpec spec(int workers, int averageEvery) {
    return spec(1, new PruningNetSpec.Training(workers, averageEvery));
  }

  private static PruningNetSpec spec(long seed, PruningNetSpec.Training training) {
    return new PruningNetSpec(
        4, 1, 16, 0.05, PruningNetSpec.Schedule.LINEAR, 0.1, 2, 0, seed, training);
  }
}
