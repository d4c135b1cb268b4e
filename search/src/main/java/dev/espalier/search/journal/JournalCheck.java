package dev.espalier.search.journal;

import dev.espalier.search.journal.format.Frame;
import dev.espalier.search.journal.format.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the files of a search are worth, found by reading every byte of them and changing nothing.
 *
 * @param files each file of the search, by name
 * @param trouble why the search cannot be resumed, if so
 */
public record JournalCheck(List<FileCheck> files, Optional<String> trouble) {

  /**
   * One file.
   *
   * @param name its name
   * @param bytes its size
   * @param records whole records that can be read, also behind damage; 1 for a whole checkpoint
   * @param note what else is to be said of it; empty where all is well
   */
  public record FileCheck(String name, long bytes, int records, String note) {}

  /** Keeps a copy. */
  public JournalCheck {
    files = List.copyOf(files);
  }

  /** Reads the files in a folder. */
  public static JournalCheck of(Disk disk) throws IOException {
    return JournalFiles.whileStill(disk, files -> of(disk, files));
  }

  private static JournalCheck of(Disk disk, JournalFiles found) throws IOException {
    List<FileCheck> files = new ArrayList<>();
    for (String name : found.chain()) {
      files.add(records(Segment.scan(name, disk.read(name))));
    }
    CheckpointStore checkpoints = new CheckpointStore(disk);
    for (String name : checkpoints.newestFirst()) {
      files.add(checkpoint(checkpoints, name, disk.read(name).length));
    }
    return new JournalCheck(files, trouble(disk));
  }

  private static FileCheck records(Segment segment) {
    List<Frame> frames = segment.salvage();
    String rest =
        segment.rest() == 0 ? "" : "%d bytes of an unfinished append".formatted(segment.rest());
    String note =
        segment
            .damage()
            .map(damage -> "damaged at byte %d: %s".formatted(segment.records().length, damage))
            .orElse(rest);
    return new FileCheck(
        segment.file(), segment.records().length + (long) segment.rest(), frames.size(), note);
  }

  private static FileCheck checkpoint(CheckpointStore checkpoints, String name, long bytes) {
    try {
      checkpoints.read(name);
      return new FileCheck(name, bytes, 1, "");
    } catch (IOException e) {
      return new FileCheck(name, bytes, 0, String.valueOf(e.getMessage()));
    }
  }

  private static Optional<String> trouble(Disk disk) {
    try {
      Optional<JournalReader> reader = JournalReader.open(disk);
      if (reader.isPresent()) {
        reader.get().replay(-1, result -> {});
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }
}
