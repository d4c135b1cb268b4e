package dev.espalier.search.journal.format;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Looks for whole frames at every byte, as one does behind a damage. What somebody made up to look
 * like headers could make that take for ever, so it is given up after a bounded amount of work.
 *
 * <p>Used by one thread.
 */
final class FrameSearch {

  /** Bytes to look at for each byte of the file. */
  private static final long PATIENCE = 64;

  private final byte[] bytes;
  private int place;
  private long work;

  FrameSearch(byte[] bytes, int from) {
    this.bytes = bytes;
    this.place = from;
    this.work = PATIENCE * (1024L + bytes.length);
  }

  /** The next whole frame. */
  Optional<Frame> next() {
    while (place <= bytes.length - Frame.OVERHEAD && !gaveUp()) {
      if (Frame.plausible(bytes, place)) {
        work -= ByteBuffer.wrap(bytes).getInt(place);
        Optional<Frame> frame = Frame.at(bytes, place);
        if (frame.isPresent()) {
          place += frame.get().size();
          return frame;
        }
      }
      place++;
    }
    return Optional.empty();
  }

  /** Whether there may be more than was found. */
  boolean gaveUp() {
    return work < 0;
  }
}
