package dev.espalier.driver.spark.training;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.generated.Shapes32;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.job.SpaceSpec;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.worker.request.ContentFile;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * A small real training of two workers: two epochs of three steps, averaged after two and three.
 *
 * @param learningRate step size
 */
record ShapesTraining(double learningRate) implements ReplicaSource {

  static final int WORKERS = 2;
  private static final int IMAGES = 24;

  /** Draws the images. */
  static ContentFile images(Path folder) {
    PackedDataset data = new Shapes32(40, 10, 1).write(folder.resolve("images"));
    return new ContentFile(data.info().digest(), data.file());
  }

  PruningNetTraining on(ContentFile dataset) {
    PackedDataset data = PackedDataset.open(dataset.path());
    return new PruningNetTraining(
        SearchSpace.from(
            Zoo.network("resnet20", data.info().shape(), data.info().classes().size()),
            SpaceSpec.DEFAULT),
        new PruningNetSpec(
            2,
            2,
            4,
            learningRate,
            PruningNetSpec.Schedule.LINEAR,
            0,
            0,
            0,
            1,
            new PruningNetSpec.Training(WORKERS, 2)),
        new TrainingData(data, IntStream.range(0, IMAGES).toArray()));
  }

  @Override
  public Replica open(ContentFile dataset) {
    return Replica.of(on(dataset));
  }
}
