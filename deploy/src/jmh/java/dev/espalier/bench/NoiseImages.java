package dev.espalier.bench;

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

/** Images of random bytes in ten classes: all that speed depends on. */
final class NoiseImages {

  static final Shape SHAPE = new Shape(3, 32, 32);
  static final int CLASSES = 10;

  private NoiseImages() {}

  static PackedDataset write(Path file, int count) {
    RandomGenerator random = new RandomStreams(1).stream("noise", 0);
    try (PackedWriter writer = PackedWriter.create(file, SHAPE)) {
      byte[] image = new byte[(int) SHAPE.elements()];
      for (int i = 0; i < count; i++) {
        random.nextBytes(image);
        writer.add(Partition.POOL, i % CLASSES, image);
      }
      List<String> names = IntStream.range(0, CLASSES).mapToObj(Integer::toString).toList();
      return writer.commit("noise", names, Origin.of("bench", "noise", Map.of()));
    }
  }
}
