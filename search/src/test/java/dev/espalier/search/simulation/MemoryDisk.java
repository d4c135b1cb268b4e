package dev.espalier.search.simulation;

import dev.espalier.search.journal.Disk;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A disk in memory that knows what is durable: each file has its written bytes and those that were
 * forced, and there are the names as they are and the names as they were last forced. It can lose
 * power before any write, and then what a new machine finds is one of several {@link Survival}s.
 */
public final class MemoryDisk implements Disk {

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
    private byte[] written = new byte[0];
    private byte[] forced = new byte[0];
  }

  private final Map<String, Content> names = new TreeMap<>();
  private final Map<String, Content> forcedNames = new TreeMap<>();
  private long writesUntilLoss;
  private long writes;
  private long forces;

  private MemoryDisk(long writesUntilLoss) {
    this.writesUntilLoss = writesUntilLoss;
  }

  /** An empty disk that never fails. */
  public static MemoryDisk reliable() {
    return new MemoryDisk(Long.MAX_VALUE);
  }

  /** An empty disk that loses power before it does one more than so many writes. */
  public static MemoryDisk losingPowerAfter(long writes) {
    return new MemoryDisk(writes);
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
    found.forEach(
        (name, content) -> {
          byte[] bytes = survivors(content, survival);
          Content kept = new Content();
          kept.written = bytes;
          kept.forced = bytes;
          next.names.put(name, kept);
          next.forcedNames.put(name, kept);
        });
    return next;
  }

  /** The bytes of a file. */
  public byte[] bytes(String name) throws IOException {
    return content(name).written.clone();
  }

  /** Makes a file hold these bytes, durably. */
  public void put(String name, byte[] bytes) {
    Content content = new Content();
    content.written = bytes.clone();
    content.forced = content.written;
    names.put(name, content);
    forcedNames.put(name, content);
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
  public long size(String name) throws IOException {
    return content(name).written.length;
  }

  @Override
  public byte[] read(String name, long position, int length) throws IOException {
    byte[] written = content(name).written;
    if (position + length > written.length) {
      throw new IOException(name + " ends before byte " + (position + length));
    }
    return Arrays.copyOfRange(written, (int) position, (int) position + length);
  }

  @Override
  public void append(String name, byte[] bytes) {
    write();
    Content content = names.computeIfAbsent(name, any -> new Content());
    int size = content.written.length;
    content.written = Arrays.copyOf(content.written, size + bytes.length);
    System.arraycopy(bytes, 0, content.written, size, bytes.length);
  }

  @Override
  public void truncate(String name, long size) throws IOException {
    write();
    Content content = content(name);
    content.written = Arrays.copyOf(content.written, (int) size);
  }

  @Override
  public void force(String name) throws IOException {
    write();
    forces++;
    Content content = content(name);
    content.forced = content.written;
  }

  @Override
  public void rename(String from, String to) throws IOException {
    write();
    names.put(to, content(from));
    names.remove(from);
  }

  @Override
  public void delete(String name) {
    write();
    names.remove(name);
  }

  @Override
  public void forceNames() {
    write();
    Map<String, Content> now = new HashMap<>(names);
    forcedNames.clear();
    forcedNames.putAll(now);
  }

  private void write() {
    if (writes >= writesUntilLoss) {
      throw new PowerLoss();
    }
    writes++;
  }

  private Content content(String name) throws IOException {
    Content content = names.get(name);
    if (content == null) {
      throw new FileNotFoundException(name);
    }
    return content;
  }
}
