package dev.espalier.search.latency;

import java.util.List;

/**
 * Where and how operations were timed.
 *
 * @param name what people call it, on one line
 * @param processor as the device names it
 * @param runtime that ran the operations, with its version
 * @param threads that shared one operation
 * @param batch images of one call
 * @param block channels that the runtime keeps side by side on this processor, 0 where it keeps
 *     maps one after the other
 */
public record Device(
    String name, String processor, String runtime, int threads, int batch, int block) {

  /** Refuses what cannot be, and texts that do not fit on a line of a table. */
  public Device {
    for (String text : List.of(name, processor, runtime)) {
      if (text.isBlank() || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException("found '%s', expected text on one line".formatted(text));
      }
    }
    if (threads < 1 || batch < 1 || block < 0) {
      throw new IllegalArgumentException(
          "found %d threads, batch %d and blocks of %d, expected at least 1, 1 and 0"
              .formatted(threads, batch, block));
    }
  }

  /** Channels that are computed for a number of them: whole blocks. */
  public int blocks(int channels) {
    return block == 0 ? channels : (channels + block - 1) / block * block;
  }
}
