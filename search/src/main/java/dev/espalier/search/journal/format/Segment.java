package dev.espalier.search.journal.format;

import dev.espalier.search.evaluation.Evaluation;
import dev.espalier.search.journal.format.JournalRecord.Compacted;
import dev.espalier.search.journal.format.JournalRecord.Opened;
import dev.espalier.search.journal.format.JournalRecord.Returned;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What can be read of a file of records: the letters ESPJ, the version of the format (4 bytes), and
 * frames whose sequences have no gap and whose epochs never fall. The first record says what the
 * file is: records of the journal, or the results of earlier ones.
 *
 * <p>An append is forced before the next one begins, so a crash can only cut off or tear the last
 * frame of the last file. Bytes that are no frame and have a frame behind them were acknowledged
 * once: they are damage.
 *
 * <p>Immutable and thread-safe.
 */
public final class Segment {

  private static final byte[] MAGIC =
      ByteBuffer.allocate(8).put("ESPJ".getBytes(StandardCharsets.US_ASCII)).putInt(1).array();

  private final String file;
  private final byte[] bytes;
  private final List<Frame> frames;
  private final int end;
  private final Optional<String> damage;

  private Segment(String file, byte[] bytes, List<Frame> frames, int end, Optional<String> damage) {
    this.file = file;
    this.bytes = bytes;
    this.frames = frames;
    this.end = end;
    this.damage = damage;
  }

  /** The first bytes of every file of records. */
  public static byte[] magic() {
    return MAGIC.clone();
  }

  /** Reads a file, whatever it holds. The bytes are not copied. */
  public static Segment scan(String file, byte[] bytes) {
    List<Frame> frames = new ArrayList<>();
    if (!Arrays.equals(MAGIC, Arrays.copyOf(bytes, Math.min(bytes.length, MAGIC.length)))) {
      String what = "it does not begin as a journal of format 1 does";
      return new Segment(file, bytes, frames, 0, Optional.of(what));
    }
    int end = MAGIC.length;
    Optional<Frame> frame = Frame.at(bytes, end);
    while (frame.isPresent() && follows(frames, frame.get())) {
      frames.add(frame.get());
      end += frame.get().size();
      frame = Frame.at(bytes, end);
    }
    Optional<String> damage =
        frame.isPresent()
            ? Optional.of(misplaced(frames, frame.get()))
            : damage(frames, bytes, end);
    return new Segment(file, bytes, frames, end, damage);
  }

  private static boolean follows(List<Frame> frames, Frame next) {
    if (frames.isEmpty()) {
      return true;
    }
    Frame last = frames.get(frames.size() - 1);
    return next.sequence() == last.sequence() + 1 && next.epoch() >= last.epoch();
  }

  private static String misplaced(List<Frame> frames, Frame next) {
    Frame last = frames.get(frames.size() - 1);
    return "expected record %d of epoch %d or later, found record %d of epoch %d"
        .formatted(last.sequence() + 1, last.epoch(), next.sequence(), next.epoch());
  }

  /** Why the bytes from {@code end} on are more than an unfinished append, if they are. */
  private static Optional<String> damage(List<Frame> frames, byte[] bytes, int end) {
    FrameSearch search = new FrameSearch(bytes, end + 1);
    Optional<Frame> behind = search.next();
    if (behind.isPresent()) {
      return Optional.of(
          "no record can be read there, but record %d follows".formatted(behind.get().sequence()));
    }
    if (search.gaveUp()) {
      return Optional.of("neither a record nor the end of the records can be found there");
    }
    if (frames.isEmpty()) {
      return Optional.of("it has no first record");
    }
    Optional<JournalRecord> head = head(frames.get(0));
    if (head.isEmpty()) {
      return Optional.of("its first record does not say what it is");
    }
    return head.get() instanceof Compacted compacted
        ? incomplete(compacted, frames, bytes.length - end)
        : Optional.empty();
  }

  /** A file of results is written whole. */
  private static Optional<String> incomplete(Compacted head, List<Frame> frames, int rest) {
    long found = frames.stream().mapToLong(Segment::count).sum();
    return found == head.results() && rest == 0
        ? Optional.empty()
        : Optional.of("it ends after %d results of %d".formatted(found, head.results()));
  }

  private static long count(Frame frame) {
    try {
      return frame.record() instanceof Returned returned ? returned.evaluations().size() : 0;
    } catch (IllegalArgumentException e) {
      return 0;
    }
  }

  private static Optional<JournalRecord> head(Frame first) {
    try {
      return Optional.of(first.record()).filter(record -> !(record instanceof Returned));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Name of the file. */
  public String file() {
    return file;
  }

  /** Why it cannot be the file that was written, with or without an unfinished append; if so. */
  public Optional<String> damage() {
    return damage;
  }

  /** The whole records, without what was not finished. */
  public byte[] records() {
    return Arrays.copyOf(bytes, end);
  }

  /** Bytes behind the whole records. */
  public int rest() {
    return bytes.length - end;
  }

  /**
   * This segment.
   *
   * @throws JournalDamagedException if it is damaged
   */
  public Segment undamaged() throws JournalDamagedException {
    if (damage.isPresent()) {
      throw damaged(damage.get());
    }
    return this;
  }

  /** The exception that says so of the bytes behind the whole records. */
  public JournalDamagedException damaged(String what) {
    return new JournalDamagedException(file, end, what);
  }

  /** What the search is made of; only where nothing is damaged, as all that follows. */
  public String identity() {
    return head() instanceof Compacted compacted
        ? compacted.identity()
        : ((Opened) head()).identity();
  }

  /** Whether it holds the results of earlier records instead of records, and so takes no more. */
  public boolean isCompacted() {
    return head() instanceof Compacted;
  }

  /** Number of the first record that it holds or replaces. */
  public long begin() {
    return isCompacted() ? 0 : frames.get(0).sequence();
  }

  /** Number of the last record that it holds or replaces. */
  public long through() {
    return head() instanceof Compacted compacted ? compacted.through() : last().sequence();
  }

  /** The epoch of its last record. */
  public long epoch() {
    return last().epoch();
  }

  /**
   * Hands over the results behind a record in their order, or all of them where single records
   * cannot be told apart any more.
   *
   * @throws JournalDamagedException if a record says what no record can
   */
  public void replay(long after, Consumer<Evaluation> consumer) throws JournalDamagedException {
    if (through() <= after) {
      return;
    }
    int offset = MAGIC.length;
    for (Frame frame : frames) {
      if (isCompacted() || frame.sequence() > after) {
        results(frame, offset).forEach(consumer);
      }
      offset += frame.size();
    }
  }

  /** Whatever whole frames can be found, also behind damage. */
  public List<Frame> salvage() {
    List<Frame> all = new ArrayList<>(frames);
    FrameSearch search = new FrameSearch(bytes, end);
    for (var frame = search.next(); frame.isPresent(); frame = search.next()) {
      all.add(frame.get());
    }
    return all;
  }

  private List<Evaluation> results(Frame frame, int offset) throws JournalDamagedException {
    try {
      return frame.record() instanceof Returned returned ? returned.evaluations() : List.of();
    } catch (IllegalArgumentException e) {
      throw new JournalDamagedException(file, offset, "a record says " + e.getMessage());
    }
  }

  private JournalRecord head() {
    return frames.get(0).record();
  }

  private Frame last() {
    return frames.get(frames.size() - 1);
  }
}
