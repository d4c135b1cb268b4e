package dev.espalier.pruningnet.dataset.generated;

import dev.espalier.pruningnet.dataset.Origin;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.network.Shape;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The data set {@code shapes-32}: ten classes of outlines as colour images of 32x32, drawn with
 * plain arithmetic from a seed. Each image has a random stream of its own, so a larger set begins
 * with the images of a smaller one. Classes take turns: all have the same number of images, or one
 * more.
 *
 * @param pool images of the pool, at least one per class
 * @param test images of the test partition, at least one per class
 * @param seed of every choice
 */
public record Shapes32(int pool, int test, long seed) {

  /** What the data set is called. */
  public static final String NAME = "shapes-32";

  /** Enough to train a small network in a minute: 6,000 images and 1,000 to test. */
  public static final Shapes32 DEFAULTS = new Shapes32(6000, 1000, 1);

  private static final int SIDE = 32;
  private static final int AT_ONCE = 1024;
  private static final String VERSION = "1";

  /** Refuses too few images. */
  public Shapes32 {
    int classes = Outline.values().length;
    if (pool < classes || test < classes) {
      throw new IllegalArgumentException(
          "%s: found %d images and %d to test, expected at least %d of each"
              .formatted(NAME, pool, test, classes));
    }
  }

  /**
   * Draws all images, on all cores, into a packed file.
   *
   * @param target the file to make or to replace; its folder exists
   */
  public PackedDataset write(Path target) {
    List<String> classes = Arrays.stream(Outline.values()).map(Outline::label).toList();
    try (PackedWriter writer = PackedWriter.create(target, new Shape(3, SIDE, SIDE))) {
      draw(writer, Partition.POOL, pool);
      draw(writer, Partition.TEST, test);
      Map<String, String> settings =
          Map.of(
              "pool", Integer.toString(pool),
              "test", Integer.toString(test),
              "seed", Long.toString(seed));
      return writer.commit(NAME, classes, Origin.of("generated", NAME + " " + VERSION, settings));
    }
  }

  private void draw(PackedWriter writer, Partition partition, int count) {
    RandomStreams streams = new RandomStreams(seed).part(NAME);
    Outline[] outlines = Outline.values();
    for (int from = 0; from < count; from += AT_ONCE) {
      int first = from;
      List<byte[]> images =
          IntStream.range(from, Math.min(count, from + AT_ONCE))
              .parallel()
              .mapToObj(
                  i ->
                      Scene.draw(
                          outlines[i % outlines.length], SIDE, streams.stream(partition.name(), i)))
              .toList();
      for (int i = 0; i < images.size(); i++) {
        writer.add(partition, (first + i) % outlines.length, images.get(i));
      }
    }
  }
}
