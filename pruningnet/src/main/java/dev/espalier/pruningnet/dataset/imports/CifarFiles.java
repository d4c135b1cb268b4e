package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The binary files of CIFAR-10 and CIFAR-100 ("Learning Multiple Layers of Features from Tiny
 * Images", 2009): records of one label byte (CIFAR-10) or a coarse and a fine one (CIFAR-100; the
 * fine one counts), then 3x32x32 bytes. Files whose names begin with {@code test} make the test
 * partition of a folder. The classes' names come from the text file beside them, if it is there.
 */
final class CifarFiles {

  private static final Shape SHAPE = new Shape(3, 32, 32);
  private static final String EXTENSION = ".bin";

  private enum Variant {
    CIFAR_10("cifar-10", 1, 10, "batches.meta.txt"),
    CIFAR_100("cifar-100", 2, 100, "fine_label_names.txt");

    final String kind;
    final int labelBytes;
    final int classes;
    final String names;

    Variant(String kind, int labelBytes, int classes, String names) {
      this.kind = kind;
      this.labelBytes = labelBytes;
      this.classes = classes;
      this.names = names;
    }

    int recordBytes() {
      return labelBytes + (int) SHAPE.elements();
    }
  }

  private CifarFiles() {}

  /** Whether a path is such a file or a folder with at least one. */
  static boolean recognises(Path path) throws IOException {
    return !binaries(path).isEmpty();
  }

  static ImageSource open(Path path) throws IOException {
    List<Path> files = binaries(path);
    Map<Boolean, List<Path>> byTest =
        files.stream().collect(Collectors.partitioningBy(file -> name(file).startsWith("test")));
    List<Path> train = byTest.getOrDefault(false, List.of());
    if (train.isEmpty()) {
      return source(path, files);
    }
    List<Path> test = byTest.getOrDefault(true, List.of());
    ImageSource pool = source(path, train);
    return test.isEmpty() ? pool : pool.withTest(source(path, test));
  }

  private static ImageSource source(Path path, List<Path> files) throws IOException {
    Variant variant = variant(files.get(0));
    List<String> classes = classes(variant, files.get(0).resolveSibling(variant.names));
    List<SourceImage> images = new ArrayList<>();
    for (Path file : files) {
      if (Files.size(file) % variant.recordBytes() != 0) {
        throw wrongSize(file);
      }
      list(file, variant, images);
    }
    return new ImageSource(path.toString(), variant.kind, classes, images, () -> {});
  }

  private static void list(Path file, Variant variant, List<SourceImage> images)
      throws IOException {
    ByteBuffer bytes;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
    }
    for (int at = 0; at < bytes.limit(); at += variant.recordBytes()) {
      String where = "%s, record %d".formatted(file, at / variant.recordBytes());
      int pixels = at + variant.labelBytes;
      int label = bytes.get(pixels - 1) & 0xff;
      if (label >= variant.classes) {
        throw new BadInputException(
            "%s: found label %d, expected 0 to %d. Maybe it is no %s file"
                .formatted(where, label, variant.classes - 1, variant.kind));
      }
      images.add(new SourceImage(Partition.POOL, label, where, () -> picture(bytes, pixels)));
    }
  }

  private static Picture picture(ByteBuffer file, int at) {
    byte[] planes = new byte[(int) SHAPE.elements()];
    file.get(at, planes);
    return new Picture(SHAPE, planes);
  }

  private static List<Path> binaries(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return name(path).endsWith(EXTENSION) ? List.of(path) : List.of();
    }
    try (var files = Files.list(path)) {
      return files
          .filter(file -> name(file).endsWith(EXTENSION) && Files.isRegularFile(file))
          .sorted()
          .toList();
    }
  }

  /** The variant whose records fill the file; where both do, the name tells. */
  private static Variant variant(Path file) throws IOException {
    List<Variant> fitting = new ArrayList<>();
    for (Variant variant : Variant.values()) {
      if (Files.size(file) % variant.recordBytes() == 0) {
        fitting.add(variant);
      }
    }
    if (fitting.isEmpty() || Files.size(file) == 0) {
      throw wrongSize(file);
    }
    boolean fine = name(file).equals("train.bin") || name(file).equals("test.bin");
    return fine ? fitting.get(fitting.size() - 1) : fitting.get(0);
  }

  private static BadInputException wrongSize(Path file) throws IOException {
    return new BadInputException(
        ("%s: found %d bytes, expected a multiple of %d (CIFAR-10) or %d (CIFAR-100)."
                + " Maybe it was cut short")
            .formatted(
                file,
                Files.size(file),
                Variant.CIFAR_10.recordBytes(),
                Variant.CIFAR_100.recordBytes()));
  }

  private static List<String> classes(Variant variant, Path names) throws IOException {
    if (!Files.exists(names)) {
      return IntStream.range(0, variant.classes).mapToObj(k -> "class-" + k).toList();
    }
    List<String> lines =
        Files.readAllLines(names).stream().map(String::strip).filter(l -> !l.isEmpty()).toList();
    if (lines.size() != variant.classes) {
      throw new BadInputException(
          "%s: found %d names, expected %d".formatted(names, lines.size(), variant.classes));
    }
    return lines;
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }
}
