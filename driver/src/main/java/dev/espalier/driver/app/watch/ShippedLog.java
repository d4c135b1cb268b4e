package dev.espalier.driver.app.watch;

import dev.espalier.driver.service.store.AppendedObject;
import dev.espalier.driver.service.store.Folder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is added to a log file to a store, every few seconds and once more when closed, where
 * the place of the job cannot be appended to. Sends from a thread of its own.
 */
public final class ShippedLog implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ShippedLog.class);
  private static final Duration BETWEEN = Duration.ofSeconds(3);
  private static final int MOST_BYTES = 1 << 20;

  private final Path file;
  private final Folder folder;
  private final String name;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private AppendedObject log;
  private long sent;

  private ShippedLog(Path file, Folder folder, String name) throws IOException {
    this.file = file;
    this.folder = folder;
    this.name = name;
    this.log = new AppendedObject(folder, name);
    // What an earlier run on this machine wrote is in the store.
    this.sent = Files.exists(file) ? Files.size(file) : 0;
    this.thread = new Thread(this::run, "log of " + folder);
    this.thread.setDaemon(true);
  }

  /**
   * Begins.
   *
   * @param file the log file, whether it is there or not
   * @param folder the folder of the store
   * @param name of the log there
   */
  public static ShippedLog begin(Path file, Folder folder, String name) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      ShippedLog shipped = new ShippedLog(file, folder, name);
      shipped.thread.start();
      return shipped;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + file, e);
    }
  }

  @Override
  public void close() {
    // Not interrupted: that would break a request under way.
    closing.countDown();
    try {
      thread.join(Duration.ofSeconds(30).toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (!closing.await(BETWEEN.toMillis(), TimeUnit.MILLISECONDS)) {
        trySend();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    trySend();
  }

  private void trySend() {
    try {
      send();
    } catch (UncheckedIOException | IllegalStateException e) {
      LOG.info("the log cannot be sent now", e);
    }
  }

  private void send() {
    byte[] more = added();
    while (more.length > 0) {
      if (log.append(more)) {
        sent += more.length;
      } else {
        // Somebody else runs the job, or did: go on behind what they wrote.
        log = new AppendedObject(folder, name);
      }
      more = added();
    }
  }

  private byte[] added() {
    if (!Files.exists(file)) {
      return new byte[0];
    }
    try (RandomAccessFile log = new RandomAccessFile(file.toFile(), "r")) {
      log.seek(sent);
      byte[] bytes = new byte[(int) Math.min(MOST_BYTES, Math.max(0, log.length() - sent))];
      log.readFully(bytes);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
