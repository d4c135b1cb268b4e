package dev.espalier.pruningnet.scoring.finetuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.batch.Batch;
import dev.espalier.pruningnet.dataset.batch.BatchSource;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.model.ImageConvention;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.TinyProblem;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.optimizer.CrossEntropy;
import dev.espalier.pruningnet.training.optimizer.Distillation;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeacherTest {

  private static final int IMAGES = 32;
  private static final Distillation ALONE = new Distillation(1, 2);
  private static final ImageConvention OTHER =
      new ImageConvention(
          List.of("a", "b", "c", "d"), List.of(0.4, 0.5, 0.6), List.of(0.2, 0.3, 0.25));

  @TempDir Path folder;
  private PackedDataset data;
  private Splits splits;
  private Path trained;
  private int runs;

  /** The widest structure learns first: it is the teacher. */
  @BeforeEach
  void trainTheTeacher() {
    data = TinyProblem.images(folder);
    splits = TinyProblem.splits(data);
    try (PruningNet net = untrained()) {
      trained = FineTuning.result(tune(net, net.space().widest(), Teaching.LABELS, 6));
    }
  }

  /**
   * Its scores are those of the network as it was measured, not those of the batch's statistics.
   */
  @Test
  void about_images_teachesWhatTheNetworkAnswersWhenItIsMeasured() {
    try (TrainedNetwork network = NetworkFile.read(trained)) {
      requireTaught(trained, network, ImageConvention.of(data.info()));
    }
  }

  @Test
  void about_imagesThatItHasLearnedScaledInAnotherWay_teachesWhatItAnswersAboutThose() {
    Path other = folder.resolve("other.network");
    try (TrainedNetwork network = NetworkFile.read(trained)) {
      TrainedNetwork scaled =
          new TrainedNetwork(
              network.parameters(), network.statistics(), OTHER, network.provenance());
      NetworkFile.write(other, scaled);
      requireTaught(other, scaled, OTHER);
    }
  }

  @Test
  void measurement_ofTheNetworkAsItIs_isThatOfItsFineTuning() {
    try (PruningNet net = untrained();
        TrainedNetwork network = NetworkFile.read(trained)) {
      Map<Split, Answers> found =
          new TrainedMeasurement(data, splits, TinyProblem.protocol())
              .of(network, Set.of(Split.SELECTION, Split.TEST), () -> {});
      FineTuned again = tuned(net, net.space().widest(), Teaching.LABELS, 6);

      assertThat(found).containsOnlyKeys(Split.SELECTION, Split.TEST);
      assertThat(found).containsEntry(Split.SELECTION, again.selection());
      assertThat(found).containsEntry(Split.TEST, again.test());
    }
  }

  @Test
  void run_taught_learnsWithoutALabelAndIsAnotherTraining() {
    try (PruningNet net = untrained();
        Teacher teacher = Teacher.open(trained, data.info(), ALONE)) {
      Structure narrow = net.space().uniform(1);
      FineTuned taught = tuned(net, narrow, teacher, 6);

      assertThat((double) taught.test().score().correct() / TinyProblem.HELD_OUT)
          .isGreaterThan(0.6);
      assertThat(taught).isNotEqualTo(tuned(net, narrow, Teaching.LABELS, 6));
    }
  }

  @Test
  void run_taughtStoppedAndRunAgain_endsAsIfUnbroken() {
    try (PruningNet net = untrained();
        Teacher teacher = Teacher.open(trained, data.info(), new Distillation(0.5, 4))) {
      Structure narrow = net.space().uniform(1);
      FineTuned unbroken = tuned(net, narrow, teacher, 2);
      Checkpoints broken = new Checkpoints(folder.resolve("broken"), 1000);
      AtomicInteger asked = new AtomicInteger();
      BooleanSupplier soon = () -> asked.incrementAndGet() > 3;

      FineTuning tuning = tuning(net, teacher, 2);
      assertThat(tuning.run(narrow, 1, TrainingListener.SILENT, broken, soon)).isEmpty();
      try (Teacher strict = Teacher.open(trained, data.info(), new Distillation(0.6, 4))) {
        FineTuning another = tuning(net, strict, 2);
        assertThatThrownBy(
                () -> another.run(narrow, 1, TrainingListener.SILENT, broken, () -> false))
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining("it is of training");
      }
      assertThat(tuning.run(narrow, 1, TrainingListener.SILENT, broken, () -> false))
          .contains(unbroken);
    }
  }

  @Test
  void open_ofClassesInAnotherOrder_isRefused() {
    Path swapped = folder.resolve("swapped.network");
    try (TrainedNetwork network = NetworkFile.read(trained)) {
      ImageConvention images =
          new ImageConvention(
              List.of("b", "a", "c", "d"), network.images().mean(), network.images().std());
      NetworkFile.write(
          swapped,
          new TrainedNetwork(
              network.parameters(), network.statistics(), images, network.provenance()));
    }

    assertThatThrownBy(() -> Teacher.open(swapped, data.info(), ALONE))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("[b, a, c, d]")
        .hasMessageContaining("[a, b, c, d]");
  }

  /** With weight 1 the loss is least, and zero, at scores that are the teacher's own. */
  private void requireTaught(Path file, TrainedNetwork network, ImageConvention convention) {
    Batch batch = images();
    float[] pixels =
        PixelScaling.of(convention.mean(), convention.std())
            .values(batch.images(), IMAGES, data.info().shape());
    try (Teacher teacher = Teacher.open(file, data.info(), ALONE);
        NDManager scope = Torch.scope()) {
      NDArray own =
          PixelScaling.of(data.info().mean(), data.info().std())
              .tensor(
                  batch.images(), IMAGES, data.info().shape(), MemoryFormat.CHANNELS_LAST, scope);
      NDArray scores = scope.create(network.scores(pixels, IMAGES), new Shape(IMAGES, 4));
      NDArray targets = CrossEntropy.targets(batch.labels(), IMAGES, 4, 0, scope);

      assertThat(teacher.about(own).loss(scores, targets).getFloat()).isCloseTo(0f, within(1e-6f));
      assertThat(teacher.about(own).loss(scores.mul(2), targets).getFloat()).isGreaterThan(1e-3f);
    }
  }

  private Batch images() {
    BatchSource source = BatchSource.sequential(data, splits.indices(Split.TEST), IMAGES);
    Batch batch = source.newBatch();
    source.fill(0, batch);
    return batch;
  }

  private static PruningNet untrained() {
    return PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(6));
  }

  private FineTuned tuned(PruningNet net, Structure structure, Teaching teaching, int epochs) {
    Checkpoints kept = new Checkpoints(folder.resolve("run" + runs++), 1000);
    return tuning(net, teaching, epochs)
        .run(structure, 1, TrainingListener.SILENT, kept, () -> false)
        .orElseThrow();
  }

  private Checkpoints tune(PruningNet net, Structure structure, Teaching teaching, int epochs) {
    Checkpoints kept = new Checkpoints(folder.resolve("teacher"), 1000);
    tuning(net, teaching, epochs).run(structure, 1, TrainingListener.SILENT, kept, () -> false);
    return kept;
  }

  private FineTuning tuning(PruningNet net, Teaching teaching, int epochs) {
    return new FineTuning(
        net, data, splits, TinyProblem.settings(epochs), TinyProblem.protocol(), teaching);
  }
}
