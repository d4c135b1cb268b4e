package dev.espalier.search.journal;

import dev.espalier.search.journal.format.JournalDamagedException;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The last three checkpoints of a search, a file each. A checkpoint only saves time: without any,
 * or with all of them damaged, the journal is replayed from its start.
 *
 * <p>Used by one thread.
 */
public final class CheckpointStore {

  /** The name of a checkpoint, with the number of the last record that it knows. */
  static final Pattern NAME = Pattern.compile("checkpoint-(\\d{19})");

  private static final int KEPT = 3;

  private final Disk disk;

  /** The checkpoints in a folder. */
  public CheckpointStore(Disk disk) {
    this.disk = disk;
  }

  /** Keeps a checkpoint, durable when this returns, and removes all but the newest three. */
  public void save(Checkpoint checkpoint) throws IOException {
    WholeFile.write(
        disk, "checkpoint-%019d".formatted(checkpoint.sequence()), checkpoint.toBytes());
    List<String> files = newestFirst();
    for (String old : files.subList(Math.min(KEPT, files.size()), files.size())) {
      disk.delete(old);
    }
  }

  /** The names of the checkpoints, newest first, whole or not. */
  public List<String> newestFirst() throws IOException {
    return disk.names().stream()
        .filter(NAME.asMatchPredicate())
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  /** Reads a checkpoint; a {@link JournalDamagedException} if it is not what was saved. */
  public Checkpoint read(String name) throws IOException {
    return Checkpoint.parse(name, disk.read(name));
  }
}
