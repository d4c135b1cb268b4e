package dev.espalier.search.journal;

import java.io.IOException;
import java.util.Comparator;
import java.util.List;

/**
 * The last three checkpoints of a search, a file each. A checkpoint only saves time: without any,
 * or with all of them damaged, the journal is replayed from its start.
 *
 * <p>Used by one thread.
 */
public final class CheckpointStore {

  private static final String PREFIX = "checkpoint-";
  private static final int KEPT = 3;

  private final Disk disk;

  /** The checkpoints in a folder. */
  public CheckpointStore(Disk disk) {
    this.disk = disk;
  }

  /** Keeps a checkpoint, durable when this returns, and removes all but the newest three. */
  public void save(Checkpoint checkpoint) throws IOException {
    WholeFile.write(disk, "%s%019d".formatted(PREFIX, checkpoint.sequence()), checkpoint.toBytes());
    List<String> files = newestFirst();
    for (String old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      disk.delete(old);
    }
  }

  /** The names of the checkpoints, newest first, whole or not. */
  public List<String> newestFirst() throws IOException {
    return disk.names().stream()
        .filter(name -> name.matches(PREFIX + "\\d{19}"))
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Reads a checkpoint; a {@link JournalDamagedException} if it is not what was saved. */
  public Checkpoint read(String name) throws IOException {
    long size = disk.size(name);
    if (size > Integer.MAX_VALUE - 8) {
      throw new JournalDamagedException(name, 0, "no checkpoint has %d bytes".formatted(size));
    }
    return Checkpoint.parse(name, disk.read(name, 0, (int) size));
  }
}
