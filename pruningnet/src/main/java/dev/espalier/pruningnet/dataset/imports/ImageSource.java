package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.job.BadInputException;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Something to import: its classes and its images, the pool before the test partition.
 *
 * @param where how messages name it
 * @param kind the format's name
 * @param resource what the images' readers need, closed with the source
 */
record ImageSource(
    String where, String kind, List<String> classes, List<SourceImage> images, Closeable resource)
    implements Closeable {

  private static final byte[] ZIP = {'P', 'K'};

  /** Recognises what a path holds and lists it, without reading an image. */
  static ImageSource open(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new BadInputException(path + ": there is no such file or folder");
    }
    if (CifarFiles.recognises(path)) {
      return CifarFiles.open(path);
    }
    if (Files.isDirectory(path)) {
      return ClassFolders.list(path.toString(), "image-folder", FileTree.of(path), () -> {});
    }
    byte[] first = firstBytes(path);
    if (Arrays.equals(first, 0, Math.min(2, first.length), ZIP, 0, 2)) {
      ZipImages zip = ZipImages.open(path, ZipImages.Limits.DEFAULTS);
      return ClassFolders.list(path + "!", "image-zip", zip.tree(), zip);
    }
    throw new BadInputException(
        ("%s: found a file that begins with bytes %s, expected a folder or a zip with one folder of"
                + " images per class, or CIFAR files (.bin). Maybe it must be unpacked first")
            .formatted(path, HexFormat.ofDelimiter(" ").formatHex(first)));
  }

  /** The first images of each class and partition only. */
  ImageSource limitedTo(int perClass) {
    Map<Partition, int[]> taken = new EnumMap<>(Partition.class);
    List<SourceImage> kept = new ArrayList<>();
    for (SourceImage image : images) {
      int[] counts = taken.computeIfAbsent(image.partition(), unused -> new int[classes.size()]);
      if (counts[image.label()]++ < perClass) {
        kept.add(image);
      }
    }
    return new ImageSource(where, kind, classes, kept, resource);
  }

  /** This source as the pool and another one as the test partition; the other stays open. */
  ImageSource withTest(ImageSource test) {
    for (ImageSource source : List.of(this, test)) {
      if (source.images.stream().anyMatch(image -> image.partition() == Partition.TEST)) {
        throw new BadInputException(
            "%s: it has test images of its own, expected none beside a separate test source"
                .formatted(source.where));
      }
    }
    List<SourceImage> all = new ArrayList<>(images);
    for (SourceImage image : test.images) {
      String name = test.classes.get(image.label());
      int label = classes.indexOf(name);
      if (label < 0) {
        throw new BadInputException(
            "%s: found class '%s', expected the classes of %s: %s"
                .formatted(test.where, name, where, String.join(", ", classes)));
      }
      all.add(image.as(Partition.TEST, label));
    }
    return new ImageSource(where, kind, classes, all, resource);
  }

  @Override
  public void close() throws IOException {
    resource.close();
  }

  private static byte[] firstBytes(Path path) throws IOException {
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes(4);
    }
  }
}
