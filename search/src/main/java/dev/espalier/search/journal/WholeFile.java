package dev.espalier.search.journal;

import java.io.IOException;

/**
 * Writes a file that is either there with all of its bytes or not there at all: into a temporary
 * file, forced, renamed, and the names forced.
 */
final class WholeFile {

  private static final String UNFINISHED = ".tmp";

  private WholeFile() {}

  static void write(Disk disk, String name, byte[] bytes) throws IOException {
    String temporary = name + UNFINISHED;
    disk.delete(temporary);
    disk.append(temporary, bytes);
    disk.force(temporary);
    disk.rename(temporary, name);
    disk.forceNames();
  }

  /** Whether a name is that of a file that is not yet whole. */
  static boolean unfinished(String name) {
    return name.endsWith(UNFINISHED);
  }
}
