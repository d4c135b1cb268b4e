package dev.espalier.pruningnet.dataset;

import static dev.espalier.pruningnet.dataset.PackedHeader.damaged;

import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.CRC32C;

/**
 * A data set in one memory-mapped file: images as NCHW bytes (0..255), the pool first, then the
 * test partition; every image has a label. Files above 2 GiB are mapped in several segments.
 *
 * <p>Immutable and safe for any number of reading threads. The mapping lives as long as the object
 * does. The file must not be changed in place meanwhile; replacing it by a rename is harmless.
 */
public final class PackedDataset {

  private static final int MAX_SEGMENT_BYTES = 1 << 30;

  private final Path file;
  private final PackedHeader header;
  private final DatasetInfo info;
  private final short[] labels;
  private final List<ByteBuffer> segments;
  private final int imagesPerSegment;

  private PackedDataset(
      Path file,
      PackedHeader header,
      DatasetInfo info,
      short[] labels,
      List<ByteBuffer> segments,
      int imagesPerSegment) {
    this.file = file;
    this.header = header;
    this.info = info;
    this.labels = labels;
    this.segments = segments;
    this.imagesPerSegment = imagesPerSegment;
  }

  /**
   * Opens a packed file and checks its header, its length, its labels and its description, but not
   * its images: that is {@link #verify}.
   *
   * @throws BadInputException if the file is missing, cut short, damaged or something else; the
   *     message names the file, what was found and what is expected
   */
  public static PackedDataset open(Path file) {
    return open(file, MAX_SEGMENT_BYTES);
  }

  static PackedDataset open(Path file, int maxSegmentBytes) {
    if (!Files.isRegularFile(file)) {
      throw damaged(file, "there is no such file");
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      ByteBuffer first = PackedHeader.allocate();
      readFully(channel, first, 0);
      PackedHeader header = PackedHeader.decode(first, file, channel.size());
      ByteBuffer tail =
          ByteBuffer.allocate(Math.toIntExact(header.fileBytes() - header.labelsOffset()));
      readFully(channel, tail, header.labelsOffset());
      CRC32C checksum = new CRC32C();
      checksum.update(tail.duplicate());
      if ((int) checksum.getValue() != header.tailChecksum()) {
        throw damaged(
            file,
            "labels and description have checksum %08x, expected %08x"
                .formatted((int) checksum.getValue(), header.tailChecksum()));
      }
      short[] labels = new short[header.images()];
      tail.asShortBuffer().get(labels);
      tail.position(header.images() * PackedHeader.LABEL_BYTES);
      byte[] description = new byte[tail.remaining()];
      tail.get(description);
      DatasetInfo info = describe(header, labels, PackedDescription.decode(description));
      int perSegment = Math.max(1, maxSegmentBytes / header.imageBytes());
      return new PackedDataset(
          file, header, info, labels, map(channel, header, perSegment), perSegment);
    } catch (IOException e) {
      throw new BadInputException(
          "data set %s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  /** What is known of the data set. */
  public DatasetInfo info() {
    return info;
  }

  /** The file that holds it. */
  public Path file() {
    return file;
  }

  /** Number of images, pool and test together. */
  public int size() {
    return labels.length;
  }

  /** Class of an image, an index of {@link DatasetInfo#classes}. */
  public int label(int image) {
    return labels[image] & 0xffff;
  }

  /** Where an image belongs. */
  public Partition partition(int image) {
    Objects.checkIndex(image, labels.length);
    return image < header.pool() ? Partition.POOL : Partition.TEST;
  }

  /**
   * Copies an image's channels x height x width bytes.
   *
   * @param image 0 to {@link #size} - 1
   * @param target receives them from {@code offset} on
   */
  public void copy(int image, byte[] target, int offset) {
    Objects.checkIndex(image, labels.length);
    int bytes = header.imageBytes();
    ByteBuffer segment = segments.get(image / imagesPerSegment);
    segment.get((image % imagesPerSegment) * bytes, target, offset, bytes);
  }

  /**
   * Reads everything and compares the digest.
   *
   * @throws BadInputException if the content is not what was written
   */
  public void verify() {
    ContentDigest digest = new ContentDigest(header.shape());
    for (ByteBuffer segment : segments) {
      digest.images(segment.duplicate());
    }
    ByteBuffer labelBytes = ByteBuffer.allocate(labels.length * PackedHeader.LABEL_BYTES);
    labelBytes.asShortBuffer().put(labels);
    String found = digest.finish(labelBytes, header.pool(), header.test(), info.classes());
    if (!found.equals(info.digest())) {
      throw damaged(
          file,
          "its content has digest %s, expected %s: it is damaged".formatted(found, info.digest()));
    }
  }

  private static DatasetInfo describe(
      PackedHeader header, short[] labels, PackedDescription description) throws IOException {
    int classes = description.classes().size();
    int[] pool = new int[classes];
    int[] test = new int[classes];
    for (int i = 0; i < labels.length; i++) {
      int label = labels[i] & 0xffff;
      if (label >= classes) {
        throw new IOException("image %d has label %d of %d classes".formatted(i, label, classes));
      }
      (i < header.pool() ? pool : test)[label]++;
    }
    return new DatasetInfo(
        description.name(),
        header.shape(),
        description.classes(),
        boxed(pool),
        boxed(test),
        description.mean(),
        description.std(),
        description.origin(),
        header.digest());
  }

  private static List<Integer> boxed(int[] counts) {
    return Arrays.stream(counts).boxed().toList();
  }

  private static List<ByteBuffer> map(FileChannel channel, PackedHeader header, int perSegment)
      throws IOException {
    List<ByteBuffer> segments = new ArrayList<>();
    for (long first = 0; first < header.images(); first += perSegment) {
      long images = Math.min(perSegment, header.images() - first);
      segments.add(
          channel.map(
              FileChannel.MapMode.READ_ONLY,
              PackedHeader.IMAGES_OFFSET + first * header.imageBytes(),
              images * header.imageBytes()));
    }
    return List.copyOf(segments);
  }

  private static void readFully(FileChannel channel, ByteBuffer target, long position)
      throws IOException {
    while (target.hasRemaining()) {
      if (channel.read(target, position + target.position()) < 0) {
        break;
      }
    }
    target.rewind();
  }
}
