package dev.espalier.pruningnet.dataset;

import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Small data sets of random bytes for tests. */
public final class TestImages {

  /** Origin of every data set made here. */
  public static final Origin ORIGIN = Origin.of("test", "bytes", Map.of("seed", "1"));

  private TestImages() {}

  /** Random images of a shape, always the same ones for a seed. */
  public static byte[][] random(Shape shape, int count, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("test-images", 0);
    byte[][] images = new byte[count][(int) shape.elements()];
    for (byte[] image : images) {
      random.nextBytes(image);
    }
    return images;
  }

  /** A data set of random images with the given number of each class, classes in turn. */
  public static PackedDataset dataset(Path file, Shape shape, int[] pool, int[] test) {
    byte[][] images = random(shape, IntStream.of(pool).sum() + IntStream.of(test).sum(), 1);
    try (PackedWriter writer = PackedWriter.create(file, shape)) {
      int next = 0;
      for (Partition partition : Partition.values()) {
        int[] counts = partition == Partition.POOL ? pool : test;
        for (int label = 0; label < counts.length; label++) {
          for (int i = 0; i < counts[label]; i++) {
            writer.add(partition, label, images[next++]);
          }
        }
      }
      return writer.commit("test", names(pool.length), ORIGIN);
    }
  }

  /** Class names: class-0, class-1, ... */
  public static List<String> names(int classes) {
    return IntStream.range(0, classes).mapToObj(k -> "class-" + k).toList();
  }
}
