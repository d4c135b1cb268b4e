package dev.espalier.search.simulation;

import dev.espalier.search.journal.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A disk in memory that knows what is durable: each file has its written bytes and those that were
 * forced, and there are the names as they are and the changes of names that were not forced yet. It
 * can fail at any write in the ways of {@link DiskFault}, and what a new machine finds after a loss
 * of power is one of several {@link Survival}s, or anything between.
 */
public final class MemoryDisk implements Disk {

  private static final int SECTOR = 64;

  /** What of the bytes that were not forced a power loss leaves. */
  public enum Survival {
    /** Nothing. */
    FORCED_ONLY,
    /** All of them: the disk was faster than asked to. */
    EVERYTHING,
    /** The first half of the last bytes written. */
    TORN,
    /** All of them, but the first half of the last bytes written are zeros. */
    HOLE
  }

  private static final class Content {
    private byte[] written;
    private byte[] forced;

    /** The bytes that forcing makes durable: not those that the system failed to write before. */
    private byte[] writable;

    Content(byte[] bytes) {
      written = bytes;
      forced = bytes;
      writable = bytes;
    }
  }

  private interface Renaming {
    void apply(Map<String, Content> names);
  }

  private final Map<String, Content> names = new TreeMap<>();
  private final Map<String, Content> forcedNames = new TreeMap<>();
  private final List<Renaming> unforced = new ArrayList<>();
  private final Supplier<Optional<DiskFault>> faults;
  private long writes;
  private long forces;

  private MemoryDisk(Supplier<Optional<DiskFault>> faults) {
    this.faults = faults;
  }

  /** An empty disk that never fails. */
  public static MemoryDisk reliable() {
    return failing(Optional::empty);
  }

  /** An empty disk that loses power before it does one more than so many writes. */
  public static MemoryDisk losingPowerAfter(long writes) {
    AtomicLong left = new AtomicLong(writes);
    return failing(
        () -> left.getAndDecrement() > 0 ? Optional.empty() : Optional.of(DiskFault.POWER_LOSS));
  }

  /**
   * An empty disk that fails.
   *
   * @param faults asked at every write whether and how it fails
   */
  public static MemoryDisk failing(Supplier<Optional<DiskFault>> faults) {
    return new MemoryDisk(faults);
  }

  /** Writes so far: everything but reading. */
  public long writes() {
    return writes;
  }

  /** How often a file was forced. */
  public long forces() {
    return forces;
  }

  /** The disk that a new machine finds, which loses power no more. */
  public MemoryDisk afterPowerLoss(Survival survival) {
    MemoryDisk next = reliable();
    Map<String, Content> found = survival == Survival.FORCED_ONLY ? forcedNames : names;
    found.forEach((name, content) -> next.put(name, survivors(content, survival)));
    return next;
  }

  /**
   * The disk that a new machine finds, which goes on counting and failing: every change of names
   * that was not forced may be undone, and every sector that was not forced may be lost.
   */
  public MemoryDisk afterPowerLoss(RandomGenerator random) {
    MemoryDisk next = failing(faults);
    Map<String, Content> found = new TreeMap<>(forcedNames);
    for (Renaming renaming : unforced) {
      if (random.nextBoolean()) {
        renaming.apply(found);
      }
    }
    found.forEach((name, content) -> next.put(name, survivors(content, random)));
    return next;
  }

  /** The bytes of a file. */
  public byte[] bytes(String name) throws IOException {
    return content(name).written.clone();
  }

  /** Makes a file hold these bytes, durably. */
  public void put(String name, byte[] bytes) {
    Content content = new Content(bytes.clone());
    names.put(name, content);
    forcedNames.put(name, content);
  }

  private static byte[] survivors(Content content, RandomGenerator random) {
    int forced = content.forced.length;
    int kept = random.nextInt(forced, Math.max(forced, content.writable.length) + 1);
    byte[] bytes = Arrays.copyOf(content.forced, kept);
    for (int from = forced; from < kept; from = (from / SECTOR + 1) * SECTOR) {
      int to = Math.min(kept, (from / SECTOR + 1) * SECTOR);
      if (random.nextBoolean()) {
        System.arraycopy(content.writable, from, bytes, from, to - from);
      }
    }
    return bytes;
  }

  private static byte[] survivors(Content content, Survival survival) {
    int forced = content.forced.length;
    int written = content.written.length;
    if (survival == Survival.FORCED_ONLY) {
      return content.forced;
    }
    if (survival == Survival.EVERYTHING || written <= forced) {
      return content.written;
    }
    int half = forced + (written - forced) / 2;
    if (survival == Survival.TORN) {
      return Arrays.copyOf(content.written, half);
    }
    byte[] holed = content.written.clone();
    Arrays.fill(holed, forced, half, (byte) 0);
    return holed;
  }

  @Override
  public List<String> names() {
    return List.copyOf(names.keySet());
  }

  @Override
  public byte[] read(String name) throws IOException {
    return content(name).written.clone();
  }

  @Override
  public boolean create(String name) throws IOException {
    refuse(write(), name);
    if (names.containsKey(name)) {
      return false;
    }
    Content empty = new Content(new byte[0]);
    change(found -> found.put(name, empty));
    return true;
  }

  @Override
  public void append(String name, byte[] bytes) throws IOException {
    Optional<DiskFault> fault = write();
    if (!names.containsKey(name)) {
      Content empty = new Content(new byte[0]);
      change(found -> found.put(name, empty));
    }
    Content content = content(name);
    int fits = fault.isPresent() ? bytes.length / 2 : bytes.length;
    content.written = joined(content.written, bytes, fits);
    content.writable = joined(content.writable, bytes, fits);
    refuse(fault, name);
  }

  @Override
  public void force(String name) throws IOException {
    Optional<DiskFault> fault = write();
    forces++;
    Content content = content(name);
    if (fault.isPresent()) {
      // As Linux does: the bytes stay readable, are counted as written, and never get there.
      Arrays.fill(content.writable, content.forced.length, content.writable.length, (byte) 0);
    }
    refuse(fault, name);
    content.forced = content.writable.clone();
  }

  @Override
  public void rename(String from, String to) throws IOException {
    refuse(write(), to);
    Content moved = content(from);
    change(
        found -> {
          found.put(to, moved);
          found.remove(from);
        });
  }

  @Override
  public void delete(String name) throws IOException {
    refuse(write(), name);
    if (names.containsKey(name)) {
      change(found -> found.remove(name));
    }
  }

  @Override
  public void forceNames() throws IOException {
    refuse(write(), "the folder");
    unforced.clear();
    forcedNames.clear();
    forcedNames.putAll(names);
  }

  private void change(Renaming renaming) {
    renaming.apply(names);
    unforced.add(renaming);
  }

  private Optional<DiskFault> write() {
    writes++;
    Optional<DiskFault> fault = faults.get();
    if (fault.isPresent() && fault.get() == DiskFault.POWER_LOSS) {
      throw new PowerLoss();
    }
    if (fault.isPresent() && fault.get() == DiskFault.KILL) {
      throw new Killed();
    }
    if (fault.isPresent() && fault.get() == DiskFault.ROT) {
      rot();
      return Optional.empty();
    }
    return fault;
  }

  private void rot() {
    names.keySet().stream()
        .filter(name -> name.matches("checkpoint-\\d+"))
        .max(Comparator.naturalOrder())
        .map(names::get)
        .ifPresent(
            newest -> {
              // One content for both: the file was forced as a whole.
              byte[] flipped = newest.forced.clone();
              flipped[flipped.length / 2] ^= 4;
              newest.forced = flipped;
              newest.written = flipped;
              newest.writable = flipped;
            });
  }

  private static void refuse(Optional<DiskFault> fault, String name) throws IOException {
    if (fault.isPresent()) {
      throw new InjectedIoException(name, fault.get());
    }
  }

  private static byte[] joined(byte[] before, byte[] more, int count) {
    byte[] all = Arrays.copyOf(before, before.length + count);
    System.arraycopy(more, 0, all, before.length, count);
    return all;
  }

  private Content content(String name) throws IOException {
    Content content = names.get(name);
    if (content == null) {
      throw new FileNotFoundException(name);
    }
    return content;
  }
}
