package dev.espalier.pruningnet.dataset;

import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Writes a packed data set, one image after the other, into a temporary file beside the target.
 * {@link #commit} makes it durable and gives it its name in one atomic step; {@link #close} without
 * a commit leaves nothing behind. A target that exists is replaced.
 *
 * <p>An {@link UncheckedIOException} tells of a disk that cannot be written. Not thread-safe.
 */
public final class PackedWriter implements AutoCloseable {

  /** Extension of packed data sets. */
  public static final String EXTENSION = ".esp-data";

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int MAX_CLASSES = 1 << 16;

  private final Path target;
  private final Path temporary;
  private final FileChannel channel;
  private final Shape shape;
  private final PixelStatistics statistics;
  private final ContentDigest digest;
  private final ByteBuffer buffer;
  private short[] labels = new short[1024];
  private int pool;
  private int test;

  private PackedWriter(Path target, Shape shape) throws IOException {
    this.target = target.toAbsolutePath();
    this.shape = shape;
    this.temporary =
        this.target.resolveSibling(
            ".%s.%s.part".formatted(target.getFileName(), UUID.randomUUID()));
    temporary.toFile().deleteOnExit();
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.channel.position(PackedHeader.IMAGES_OFFSET);
    this.statistics = new PixelStatistics(shape);
    this.digest = new ContentDigest(shape);
    this.buffer = ByteBuffer.allocate(Math.max(BUFFER_BYTES, (int) shape.elements()));
  }

  /**
   * Begins a data set.
   *
   * @param target the file that {@link #commit} will make; its folder exists
   * @param shape of every image, at most 256 MiB
   */
  public static PackedWriter create(Path target, Shape shape) {
    if (shape.elements() > PackedHeader.MAX_IMAGE_BYTES) {
      throw new IllegalArgumentException(
          "data set %s: an image of %s has %d bytes, expected at most %d"
              .formatted(target, shape, shape.elements(), PackedHeader.MAX_IMAGE_BYTES));
    }
    try {
      return new PackedWriter(target, shape);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  /**
   * Adds one image; all images of the pool come before those of the test partition.
   *
   * @param label index of the class
   * @param image channels x height x width bytes, copied
   */
  public void add(Partition partition, int label, byte[] image) {
    if (label < 0 || label >= MAX_CLASSES || image.length != shape.elements()) {
      throw new IllegalArgumentException(
          "image %d: label %d and %d bytes, expected a label below %d and %d bytes"
              .formatted(pool + test, label, image.length, MAX_CLASSES, shape.elements()));
    }
    if (partition == Partition.POOL) {
      if (test > 0) {
        throw new IllegalStateException("images of the pool come before those of the test");
      }
      pool++;
      statistics.add(image);
    } else {
      test++;
    }
    if (pool + test > labels.length) {
      labels = Arrays.copyOf(labels, labels.length * 2);
    }
    labels[pool + test - 1] = (short) label;
    if (buffer.remaining() < image.length) {
      drain();
    }
    buffer.put(image);
  }

  /**
   * Finishes the file under its own name: written, forced to disk, renamed.
   *
   * @param name what people call the data set
   * @param classes names by label
   * @return the finished data set, opened
   */
  public PackedDataset commit(String name, List<String> classes, Origin origin) {
    if (pool == 0) {
      throw new IllegalStateException("data set %s: its pool has no image".formatted(target));
    }
    drain();
    ByteBuffer labelBytes = labelBytes(classes.size());
    byte[] description =
        new PackedDescription(name, classes, statistics.mean(), statistics.std(), origin).encode();
    CRC32C checksum = new CRC32C();
    checksum.update(labelBytes.duplicate());
    checksum.update(description);
    PackedHeader header =
        new PackedHeader(
            shape,
            pool,
            test,
            description.length,
            (int) checksum.getValue(),
            digest.finish(labelBytes.duplicate(), pool, test, classes));
    try {
      writeAll(labelBytes);
      writeAll(ByteBuffer.wrap(description));
      channel.position(0);
      writeAll(header.encode());
      channel.force(true);
      channel.close();
      Files.move(
          temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      try (FileChannel folder = FileChannel.open(target.getParent(), StandardOpenOption.READ)) {
        folder.force(true);
      }
    } catch (IOException e) {
      throw failed(target, e);
    }
    return PackedDataset.open(target);
  }

  /** Gives the temporary file back unless it was committed. */
  @Override
  public void close() {
    try {
      channel.close();
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      throw failed(target, e);
    }
  }

  private ByteBuffer labelBytes(int classes) {
    ByteBuffer bytes = ByteBuffer.allocate((pool + test) * PackedHeader.LABEL_BYTES);
    for (int i = 0; i < pool + test; i++) {
      if ((labels[i] & 0xffff) >= classes) {
        throw new IllegalArgumentException(
            "image %d: label %d, but there are %d classes"
                .formatted(i, labels[i] & 0xffff, classes));
      }
      bytes.putShort(labels[i]);
    }
    return bytes.flip();
  }

  private void drain() {
    buffer.flip();
    digest.images(buffer.duplicate());
    try {
      writeAll(buffer);
    } catch (IOException e) {
      throw failed(target, e);
    }
    buffer.clear();
  }

  private void writeAll(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static UncheckedIOException failed(Path target, IOException cause) {
    return new UncheckedIOException(
        "data set %s: cannot be written: %s".formatted(target, cause), cause);
  }
}
