package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.picture.Picture;
import dev.espalier.pruningnet.dataset.picture.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Sources of images on disk for tests. */
final class ImageFiles {

  private ImageFiles() {}

  static void write(Path file, byte[] bytes) throws IOException {
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  /** A zip with these entries, in this order; a name that ends with a slash is a folder. */
  static Path zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      for (var entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return file;
  }

  /** A PNG whose every value tells which one it is. */
  static byte[] png(int value) {
    return TestPictures.png(TestPictures.plain(4, 4, value, value + 1, value + 2));
  }

  /** The first value of each image, which tells which one it is. */
  static List<Integer> firstValues(PackedDataset data) {
    List<Integer> values = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      values.add(picture(data, i).planes()[0] & 0xff);
    }
    return values;
  }

  static List<Integer> labels(PackedDataset data) {
    List<Integer> labels = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      labels.add(data.label(i));
    }
    return labels;
  }

  static Picture picture(PackedDataset data, int image) {
    byte[] planes = new byte[(int) data.info().shape().elements()];
    data.copy(image, planes, 0);
    return new Picture(data.info().shape(), planes);
  }
}
