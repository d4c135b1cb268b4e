package dev.espalier.pruningnet.scoring;

import dev.espalier.pruningnet.dataset.Origin;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.dataset.split.SplitSizes;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Trainer;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.pruningnet.training.trainee.PruningNetTrainee;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Noisy images of 8x8 in four classes, told apart by which of two colours are brighter. */
public final class TinyProblem {

  /** Images to train and recalibrate with. */
  public static final int TRAIN = 640;

  /** Images of each other split; no multiple of any batch. */
  public static final int HELD_OUT = 190;

  private static final Shape SHAPE = new Shape(3, TinyNetworks.SIDE, TinyNetworks.SIDE);
  private static final int CLASSES = 4;

  private TinyProblem() {}

  /** The images, in a new file. */
  public static PackedDataset images(Path folder) {
    Path file = folder.resolve("colours" + PackedWriter.EXTENSION);
    RandomGenerator random = new RandomStreams(3).stream("images", 0);
    try (PackedWriter writer = PackedWriter.create(file, SHAPE)) {
      for (int i = 0; i < TRAIN + 3 * HELD_OUT; i++) {
        int label = i % CLASSES;
        byte[] image = new byte[(int) SHAPE.elements()];
        for (int p = 0; p < image.length; p++) {
          int colour = p / SHAPE.positions();
          int bright = colour < 2 && (label >> colour & 1) == 1 ? 60 : 0;
          image[p] = (byte) (random.nextInt(150) + bright);
        }
        writer.add(Partition.POOL, label, image);
      }
      Origin origin = Origin.of("test", "noise", Map.of());
      return writer.commit("colours", List.of("a", "b", "c", "d"), origin);
    }
  }

  /** Their division. */
  public static Splits splits(PackedDataset data) {
    return Splits.of(data, new SplitSizes(TRAIN, HELD_OUT, HELD_OUT, HELD_OUT), 1);
  }

  /** A small residual network's structures. */
  public static SearchSpace space() {
    return SearchSpace.of(TinyNetworks.residual(), new RatioGrid(50, 25, 3, 1));
  }

  /** A PruningNet that has learned to tell the classes apart. */
  public static PruningNet trained(PackedDataset data, Splits splits) {
    RandomStreams streams = new RandomStreams(5);
    PruningNet net = PruningNet.untrained(space(), 8, streams);
    PruningNetTrainee trainee = new PruningNetTrainee(net, 4, 0, streams);
    try (Trainer trainer =
        Trainer.of(
            trainee, TrainingData.of(data, splits), settings(12), 1, TrainingListener.SILENT)) {
      trainer.train();
    }
    return net;
  }

  /** Settings that suit it. */
  public static TrainingSettings settings(int epochs) {
    return new TrainingSettings(
        epochs,
        64,
        0.05,
        PruningNetSpec.Schedule.COSINE,
        0.9,
        0,
        0,
        Augmentation.NONE,
        MemoryFormat.CHANNELS_LAST,
        1);
  }

  /** A protocol with uneven last batches and shards. */
  public static EvaluationProtocol protocol() {
    return EvaluationProtocol.here(150, 32, 16, 60, MemoryFormat.CHANNELS_LAST);
  }
}
