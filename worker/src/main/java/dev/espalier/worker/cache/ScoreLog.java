package dev.espalier.worker.cache;

import com.hazelcast.map.MapStoreAdapter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The entries of the cache in an append-only file of {@link ScoreRecord}s, so that they survive the
 * process. Opening it cuts the file at the first record that is torn or damaged, and a file above
 * its bound is rewritten with its newest records, half the bound of them. While it is open a full
 * file takes no more.
 *
 * <p>It is not forced to disk before it is closed: what a power cut takes is only work. Errors of
 * the disk are misses. One owner at a time; thread-safe.
 */
final class ScoreLog extends MapStoreAdapter<String, byte[]> implements Closeable {

  private static final Logger LOG = LoggerFactory.getLogger(ScoreLog.class);

  private final Path file;
  private final long mostBytes;
  private final Map<String, Long> positions = new LinkedHashMap<>();
  private FileChannel channel;
  private long end;
  private boolean writable = true;

  private ScoreLog(Path file, long mostBytes) throws IOException {
    this.file = file;
    this.mostBytes = mostBytes;
    this.channel = channelOf(file);
  }

  /**
   * Opens or begins a file.
   *
   * @param mostBytes bound of its length
   */
  static ScoreLog open(Path file, long mostBytes) throws IOException {
    ScoreLog log = new ScoreLog(file, mostBytes);
    try {
      log.scan();
      if (log.end > mostBytes) {
        log.keepNewest();
      }
      return log;
    } catch (IOException e) {
      log.channel.close();
      throw e;
    }
  }

  /** Number of entries. */
  synchronized int size() {
    return positions.size();
  }

  @Override
  public synchronized byte @Nullable [] load(String key) {
    Long position = positions.get(key);
    if (position == null) {
      return null;
    }
    try {
      return ScoreRecord.read(channel, position)
          .filter(record -> record.key().equals(key))
          .map(ScoreRecord::value)
          .orElse(null);
    } catch (IOException e) {
      LOG.warn("Cannot read cached scores from {}: {}", file, e.toString());
      return null;
    }
  }

  @Override
  public synchronized void store(String key, byte[] value) {
    if (!writable || positions.containsKey(key)) {
      return;
    }
    ByteBuffer record = new ScoreRecord(key, value).toBytes();
    if (end + record.remaining() > mostBytes) {
      stopWriting("it has reached its bound of " + mostBytes + " bytes");
      return;
    }
    try {
      long start = end;
      append(record);
      positions.put(key, start);
    } catch (IOException e) {
      stopWriting(String.valueOf(e.getMessage()));
    }
  }

  /** Forces the entries to disk and frees the file. */
  @Override
  public synchronized void close() throws IOException {
    try (FileChannel closing = channel) {
      closing.force(true);
    }
  }

  private void append(ByteBuffer record) throws IOException {
    long position = end;
    while (record.hasRemaining()) {
      position += channel.write(record, position);
    }
    end = position;
  }

  private void stopWriting(String reason) {
    writable = false;
    LOG.warn("No more scores are kept in {}: {}", file, reason);
  }

  private void scan() throws IOException {
    Optional<ScoreRecord> record = ScoreRecord.read(channel, end);
    while (record.isPresent()) {
      positions.put(record.get().key(), end);
      end += record.get().length();
      record = ScoreRecord.read(channel, end);
    }
    if (end < channel.size()) {
      LOG.warn("Cut {} damaged bytes off the cached scores in {}", channel.size() - end, file);
      channel.truncate(end);
    }
  }

  private void keepNewest() throws IOException {
    List<Long> all = new ArrayList<>(positions.values());
    int first = all.size();
    while (first > 0 && end - all.get(first - 1) <= mostBytes / 2) {
      first--;
    }
    Path rewritten = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(rewritten);
    try (FileChannel old = channel) {
      channel = channelOf(rewritten);
      positions.clear();
      end = 0;
      for (long position : all.subList(first, all.size())) {
        Optional<ScoreRecord> record = ScoreRecord.read(old, position);
        if (record.isPresent()) {
          positions.put(record.get().key(), end);
          append(record.get().toBytes());
        }
      }
    }
    channel.force(true);
    Files.move(
        rewritten, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static FileChannel channelOf(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}
