package dev.espalier.driver.cli;

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

/** Images of 32x32 in three classes, told apart by which colour is bright: learned at once. */
public final class ColouredImages {

  private static final Shape SHAPE = new Shape(3, 32, 32);

  private ColouredImages() {}

  /**
   * Writes some.
   *
   * @param seed of their noise
   */
  public static PackedDataset write(Path file, int count, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("images", 0);
    try (PackedWriter writer = PackedWriter.create(file, SHAPE)) {
      for (int i = 0; i < count; i++) {
        byte[] image = new byte[(int) SHAPE.elements()];
        for (int p = 0; p < image.length; p++) {
          int bright = p / SHAPE.positions() == i % SHAPE.channels() ? 100 : 0;
          image[p] = (byte) (random.nextInt(150) + bright);
        }
        writer.add(Partition.POOL, i % SHAPE.channels(), image);
      }
      return writer.commit(
          "coloured", List.of("red", "green", "blue"), Origin.of("test", "noise", Map.of()));
    }
  }
}
