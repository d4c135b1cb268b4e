package dev.espalier.driver.service.queue;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.service.JobId;
import dev.espalier.driver.service.file.AtomicFile;
import dev.espalier.driver.service.file.Json;
import dev.espalier.driver.service.file.ProcessLock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * The files by which services and commands of a home meet. All that is asked of the place where
 * they lie: create a file unless it exists, replace one whole, list, read, remove.
 *
 * @param path the folder
 */
public record ServiceFolder(Path path) {

  /** A service of another machine that says nothing for so long is taken for dead. */
  static final Duration SILENCE = Duration.ofSeconds(30);

  private static final String EPOCH = "epoch-";
  private static final String TICKET = ".json";

  /** The folder of a home, whether it exists yet or not. */
  public static ServiceFolder of(Home home) {
    return new ServiceFolder(home.service());
  }

  /** What the service did, apart from its jobs. */
  public Path log() {
    return path.resolve("log");
  }

  /** The port of the service's metrics. */
  public Path metricsPort() {
    return path.resolve("metrics.port");
  }

  /** Temporary files of the service's Spark. */
  public Path spark() {
    return path.resolve("spark");
  }

  /** What the latest service has told, whether it lives or not. */
  public Optional<Lease> lease() {
    return read(leaseFile(), Lease.class);
  }

  /**
   * The lease of the service that lives. On this machine the lock tells, elsewhere the heartbeat.
   */
  public Optional<Lease> living(Instant now) {
    return lease().filter(Lease::open).filter(lease -> lives(lease, now));
  }

  private boolean lives(Lease lease, Instant now) {
    return lease.host().equals(host())
        ? ProcessLock.holder(lock()).isPresent()
        : Duration.between(lease.heartbeat(), now).compareTo(SILENCE) < 0;
  }

  /** Makes the folder, before anything is written there. */
  void make() {
    try {
      Files.createDirectories(queue());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make " + path, e);
    }
  }

  /** Held by the service. */
  Path lock() {
    return path.resolve("lock");
  }

  void write(Lease lease) {
    AtomicFile.write(leaseFile(), Json.text(lease));
  }

  /** Makes an epoch one's own; false if somebody else was faster. */
  boolean claim(long epoch) {
    try {
      Files.createFile(path.resolve(EPOCH + epoch));
      for (long earlier : epochs()) {
        if (earlier < epoch) {
          Files.deleteIfExists(path.resolve(EPOCH + earlier));
        }
      }
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take over " + path, e);
    }
  }

  /** The latest epoch that anybody has claimed; 0 before the first. */
  long latestEpoch() {
    try {
      return epochs().stream().mapToLong(Long::longValue).max().orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list " + path, e);
    }
  }

  /** Holds the lock of the queue: whoever changes a ticket does. */
  ProcessLock queueLock() {
    make();
    BooleanSupplier never = () -> false;
    return ProcessLock.await(path.resolve("queue.lock"), never, () -> {}).orElseThrow();
  }

  /** All tickets, in no order. */
  List<Ticket> tickets() {
    List<Ticket> tickets = new ArrayList<>();
    if (!Files.exists(queue())) {
      return tickets;
    }
    try (DirectoryStream<Path> files = Files.newDirectoryStream(queue(), "*" + TICKET)) {
      for (Path file : files) {
        read(file, Ticket.class).ifPresent(tickets::add);
      }
      return tickets;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the queue in " + path, e);
    }
  }

  Optional<Ticket> ticket(JobId id) {
    return read(ticketFile(id), Ticket.class);
  }

  void write(Ticket ticket) {
    AtomicFile.write(ticketFile(ticket.id()), Json.text(ticket));
  }

  void remove(JobId id) {
    try {
      Files.deleteIfExists(ticketFile(id));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot take %s out of the queue".formatted(id), e);
    }
  }

  /** Name of this machine. */
  static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost";
    }
  }

  private List<Long> epochs() throws IOException {
    List<Long> epochs = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(path, EPOCH + "*")) {
      for (Path file : files) {
        epochs.add(Long.parseLong(file.getFileName().toString().substring(EPOCH.length())));
      }
    }
    return epochs;
  }

  private Path leaseFile() {
    return path.resolve("lease.json");
  }

  private Path queue() {
    return path.resolve("queue");
  }

  private Path ticketFile(JobId id) {
    return queue().resolve(id + TICKET);
  }

  private static <T> Optional<T> read(Path file, Class<T> type) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(Json.read(file, type));
    } catch (UncheckedIOException e) {
      if (e.getCause() instanceof NoSuchFileException) {
        // Removed between the two looks.
        return Optional.empty();
      }
      throw e;
    }
  }
}
