package dev.espalier.pruningnet.dataset;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.zip.CRC32C;

/**
 * The first bytes of a packed file, big-endian. The file is
 *
 * <pre>
 * header, padded to 4096 bytes | images, NCHW, pool before test | labels, 2 bytes each | description
 * </pre>
 *
 * @param shape of one image
 * @param pool images of the pool
 * @param test images of the test partition
 * @param descriptionBytes length of the description
 * @param tailChecksum CRC32C of labels and description
 * @param digest SHA-256 of the content, 64 hexadecimal digits
 */
record PackedHeader(
    Shape shape, int pool, int test, int descriptionBytes, int tailChecksum, String digest) {

  /** Where the images begin: one page, so that mapped images are aligned. */
  static final int IMAGES_OFFSET = 4096;

  static final int LABEL_BYTES = 2;
  static final int MAX_DESCRIPTION = 64 << 20;
  static final int MAX_IMAGE_BYTES = 1 << 28;

  private static final byte[] MAGIC = "ESP-DATA".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION = 1;
  private static final int BYTES = 76;

  int images() {
    return pool + test;
  }

  int imageBytes() {
    return Math.toIntExact(shape.elements());
  }

  long labelsOffset() {
    return IMAGES_OFFSET + (long) images() * imageBytes();
  }

  long descriptionOffset() {
    return labelsOffset() + (long) images() * LABEL_BYTES;
  }

  long fileBytes() {
    return descriptionOffset() + descriptionBytes;
  }

  ByteBuffer encode() {
    ByteBuffer buffer = ByteBuffer.allocate(BYTES);
    buffer.put(MAGIC).putInt(VERSION);
    buffer.putInt(shape.channels()).putInt(shape.height()).putInt(shape.width());
    buffer.putInt(pool).putInt(test).putInt(descriptionBytes).putInt(tailChecksum);
    buffer.put(HexFormat.of().parseHex(digest));
    buffer.putInt(checksum(buffer));
    return buffer.flip();
  }

  /** Reads a header and checks it against the length of the file. */
  static PackedHeader decode(ByteBuffer buffer, Path file, long fileBytes) {
    if (fileBytes < IMAGES_OFFSET || !startsWithMagic(buffer)) {
      throw damaged(file, "expected a packed data set, found %d other bytes".formatted(fileBytes));
    }
    buffer.position(MAGIC.length);
    int version = buffer.getInt();
    if (version != VERSION) {
      throw damaged(
          file,
          "found format version %d, expected %d. Maybe it was written by another release"
              .formatted(version, VERSION));
    }
    int channels = buffer.getInt();
    int height = buffer.getInt();
    int width = buffer.getInt();
    int pool = buffer.getInt();
    int test = buffer.getInt();
    int descriptionBytes = buffer.getInt();
    int tailChecksum = buffer.getInt();
    byte[] digest = new byte[32];
    buffer.get(digest);
    int expected = checksum(buffer);
    int found = buffer.getInt();
    if (found != expected) {
      throw damaged(
          file,
          "the header's checksum is %08x, expected %08x: it is damaged".formatted(found, expected));
    }
    if (!plausible(channels, height, width, pool, test, descriptionBytes)) {
      throw damaged(
          file,
          "the header speaks of %d + %d images of %dx%dx%d, which cannot be"
              .formatted(pool, test, channels, height, width));
    }
    PackedHeader header =
        new PackedHeader(
            new Shape(channels, height, width),
            pool,
            test,
            descriptionBytes,
            tailChecksum,
            HexFormat.of().formatHex(digest));
    if (header.fileBytes() != fileBytes) {
      throw damaged(
          file,
          "found %d bytes, expected %d for %d images of %s. Maybe a copy was cut short"
              .formatted(fileBytes, header.fileBytes(), header.images(), header.shape()));
    }
    return header;
  }

  private static boolean plausible(
      int channels, int height, int width, int pool, int test, int descriptionBytes) {
    return channels > 0
        && height > 0
        && width > 0
        && (long) channels * height <= MAX_IMAGE_BYTES / width
        && pool > 0
        && test >= 0
        && (long) pool + test <= Integer.MAX_VALUE
        && descriptionBytes >= 0
        && descriptionBytes <= MAX_DESCRIPTION;
  }

  static BadInputException damaged(Path file, String problem) {
    return new BadInputException("data set %s: %s".formatted(file, problem));
  }

  /** How many bytes to read for {@link #decode}. */
  static ByteBuffer allocate() {
    return ByteBuffer.allocate(BYTES);
  }

  private static boolean startsWithMagic(ByteBuffer buffer) {
    return buffer.slice(0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
  }

  private static int checksum(ByteBuffer buffer) {
    CRC32C crc = new CRC32C();
    crc.update(buffer.duplicate().flip());
    return (int) crc.getValue();
  }
}
