package dev.espalier.pruningnet.dataset.picture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** Checks what the JDK's readers let pass: that a file is whole and its checksums are right. */
final class WholeFile {

  private static final int START_OF_SCAN = 0xda;
  private static final int END_OF_IMAGE = 0xd9;
  private static final int SIGNATURE_BYTES = 8;
  private static final int TYPE_BYTES = 4;
  private static final int END =
      ByteBuffer.wrap("IEND".getBytes(StandardCharsets.US_ASCII)).getInt();

  private WholeFile() {}

  /**
   * Looks for the end marker behind the last scan. Inside a scan's data it cannot occur, as every
   * byte 0xff there is followed by a zero or a restart marker.
   */
  static void checkJpeg(byte[] jpeg) throws BrokenPictureException {
    if (lastMarker(jpeg, END_OF_IMAGE) <= lastMarker(jpeg, START_OF_SCAN)) {
      throw new BrokenPictureException(
          "broken JPEG: found %d bytes without an end, it was cut short".formatted(jpeg.length));
    }
  }

  private static int lastMarker(byte[] jpeg, int code) {
    for (int at = jpeg.length - 2; at >= 0; at--) {
      if (jpeg[at] == (byte) 0xff && jpeg[at + 1] == (byte) code) {
        return at;
      }
    }
    return -1;
  }

  /** Walks the chunks (length, type, data, CRC32 of type and data) up to the end chunk. */
  static void checkPng(byte[] png) throws BrokenPictureException {
    ByteBuffer chunks = ByteBuffer.wrap(png).position(SIGNATURE_BYTES);
    while (chunks.remaining() >= 3 * Integer.BYTES) {
      int start = chunks.position();
      int length = chunks.getInt();
      int type = chunks.getInt();
      if (length < 0 || length > chunks.remaining() - Integer.BYTES) {
        break;
      }
      chunks.position(chunks.position() + length);
      CRC32 checksum = new CRC32();
      checksum.update(png, start + Integer.BYTES, TYPE_BYTES + length);
      int expected = chunks.getInt();
      if ((int) checksum.getValue() != expected) {
        throw new BrokenPictureException(
            "broken PNG: found checksum %08x at byte %d, expected %08x"
                .formatted((int) checksum.getValue(), start, expected));
      }
      if (type == END) {
        return;
      }
    }
    throw new BrokenPictureException(
        "broken PNG: found %d bytes without an end, it was cut short".formatted(png.length));
  }
}
