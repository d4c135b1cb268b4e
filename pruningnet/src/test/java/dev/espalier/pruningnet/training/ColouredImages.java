package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.dataset.Origin;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Noisy images of 8x8 in four classes, told apart by which channel is bright. */
public final class ColouredImages {

  static final int CLASSES = 4;

  private ColouredImages() {}

  /** Training data of some images. */
  public static TrainingData of(Path folder, int images) {
    Shape shape = new Shape(3, 8, 8);
    Path file = folder.resolve("coloured" + PackedWriter.EXTENSION);
    RandomGenerator random = new RandomStreams(9).stream("images", 0);
    try (PackedWriter writer = PackedWriter.create(file, shape)) {
      for (int i = 0; i < images; i++) {
        byte[] image = new byte[(int) shape.elements()];
        int label = i % CLASSES;
        for (int p = 0; p < image.length; p++) {
          int bright = p / shape.positions() == label ? 100 : 0;
          image[p] = (byte) (random.nextInt(150) + bright);
        }
        writer.add(Partition.POOL, label, image);
      }
      Origin origin = Origin.of("test", "noise", Map.of());
      PackedDataset data = writer.commit("coloured", List.of("a", "b", "c", "d"), origin);
      return new TrainingData(data, IntStream.range(0, images).toArray());
    }
  }
}
