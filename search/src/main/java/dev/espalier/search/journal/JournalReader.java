package dev.espalier.search.journal;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.format.JournalDamagedException;
import dev.espalier.search.journal.format.Segment;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A journal as it was when it was opened for reading, which changes nothing, so that one can look
 * into a job that is running. All of its files fit together: no record is missing between the first
 * one and the last one, nor one that a checkpoint knows. What a crash left of an append that was
 * never acknowledged is passed over.
 *
 * <p>Immutable and thread-safe.
 */
public final class JournalReader {

  private final List<Segment> segments;
  private final long epoch;

  private JournalReader(List<Segment> segments, long epoch) {
    this.segments = segments;
    this.epoch = epoch;
  }

  /**
   * The journal in a folder, empty if nothing of a search is there.
   *
   * @throws JournalDamagedException if something that was acknowledged once cannot be read
   */
  public static Optional<JournalReader> open(Disk disk) throws IOException {
    return JournalFiles.whileStill(
        disk, files -> files.isEmpty() ? Optional.empty() : Optional.of(read(disk, files)));
  }

  private static JournalReader read(Disk disk, JournalFiles files) throws IOException {
    List<Segment> segments = new ArrayList<>();
    for (String name : files.chain()) {
      if (!segments.isEmpty()) {
        requireFinished(segments.get(segments.size() - 1));
      }
      Segment segment = Segment.scan(name, disk.read(name)).undamaged();
      requireNext(segments, segment);
      segments.add(segment);
    }
    if (segments.isEmpty()) {
      throw new JournalDamagedException("journal", 0, "it is missing, but a checkpoint is there");
    }
    Segment last = segments.get(segments.size() - 1);
    if (files.checkpointed() > last.through()) {
      throw last.damaged(
          "it ends with record %d, but a checkpoint knows record %d"
              .formatted(last.through(), files.checkpointed()));
    }
    return new JournalReader(segments, Math.max(files.epoch(), last.epoch()));
  }

  private static void requireFinished(Segment segment) throws JournalDamagedException {
    if (segment.rest() > 0) {
      throw segment.damaged("no record can be read there, but a later file has records");
    }
  }

  private static void requireNext(List<Segment> segments, Segment next)
      throws JournalDamagedException {
    long expected = segments.isEmpty() ? 0 : segments.get(segments.size() - 1).through() + 1;
    if (next.begin() != expected) {
      throw new JournalDamagedException(
          next.file(),
          0,
          "it begins with record %d, expected record %d. Maybe a file is missing"
              .formatted(next.begin(), expected));
    }
    if (!segments.isEmpty() && !segments.get(0).identity().equals(next.identity())) {
      throw new JournalDamagedException(
          next.file(),
          0,
          "it is of %s, expected %s".formatted(next.identity(), segments.get(0).identity()));
    }
  }

  /** What the search is made of. */
  public String identity() {
    return last().identity();
  }

  /** The highest epoch so far. */
  public long epoch() {
    return epoch;
  }

  /** Number of the last record. */
  public long sequence() {
    return last().through();
  }

  /** Hands over the results behind a record in their order; some before it may come again. */
  public void replay(long after, Consumer<Evaluation> results) throws JournalDamagedException {
    for (Segment segment : segments) {
      segment.replay(after, results);
    }
  }

  /** The file in which the journal goes on. */
  Segment last() {
    return segments.get(segments.size() - 1);
  }

  /** The files before it. */
  List<Segment> sealed() {
    return segments.subList(0, segments.size() - 1);
  }
}
