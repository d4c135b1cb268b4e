package dev.espalier.search.journal.format;

import java.io.IOException;

/**
 * A file of the job holds other bytes than were acknowledged. Never thrown for an append that was
 * cut off by a crash, which loses nothing that was acknowledged.
 */
public final class JournalDamagedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final String file;
  private final long offset;

  /** Damage in a file, from an offset in bytes on. */
  public JournalDamagedException(String file, long offset, String what) {
    super("%s is damaged at byte %d: %s".formatted(file, offset, what));
    this.file = file;
    this.offset = offset;
  }

  /** Name of the file. */
  public String file() {
    return file;
  }

  /** Where in the file the damage begins. */
  public long offset() {
    return offset;
  }
}
