package dev.espalier.worker.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sockets of a process, as the Linux kernel lists them. */
public final class OpenSockets {

  private static final String LISTEN = "0A";

  /** A socket that waits for connections. */
  public record Listener(InetAddress address, int port) {}

  private OpenSockets() {}

  /** The TCP sockets of this process that wait for connections. */
  public static List<Listener> listeners() throws IOException {
    return listeners(ProcessHandle.current());
  }

  /** The TCP sockets of a process that wait for connections. */
  public static List<Listener> listeners(ProcessHandle process) throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (String[] row : rows(process, "tcp", "tcp6")) {
      if (row[3].equals(LISTEN)) {
        String[] local = row[1].split(":", 2);
        listeners.add(new Listener(address(local[0]), Integer.parseInt(local[1], 16)));
      }
    }
    return listeners;
  }

  /** The UDP sockets of this process, as the kernel prints them. */
  public static List<String> datagramSockets() throws IOException {
    return datagramSockets(ProcessHandle.current());
  }

  /** The UDP sockets of a process, as the kernel prints them. */
  public static List<String> datagramSockets(ProcessHandle process) throws IOException {
    return rows(process, "udp", "udp6").stream().map(row -> row[1]).toList();
  }

  private static List<String[]> rows(ProcessHandle process, String... tables) throws IOException {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    Set<String> own = inodes(folder.resolve("fd"));
    List<String[]> rows = new ArrayList<>();
    for (String table : tables) {
      for (String line : Files.readAllLines(folder.resolve("net").resolve(table))) {
        String[] columns = line.strip().split(" +");
        if (columns.length > 9 && own.contains(columns[9])) {
          rows.add(columns);
        }
      }
    }
    return rows;
  }

  private static Set<String> inodes(Path folder) throws IOException {
    try (Stream<Path> descriptors = Files.list(folder)) {
      return descriptors
          .map(OpenSockets::target)
          .filter(target -> target.startsWith("socket:["))
          .map(target -> target.substring("socket:[".length(), target.length() - 1))
          .collect(Collectors.toSet());
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (NoSuchFileException e) {
      return "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The kernel prints each group of four bytes as one number of this machine, lowest byte first.
   */
  private static InetAddress address(String hex) throws IOException {
    ByteBuffer printed = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    ByteBuffer address = ByteBuffer.allocate(printed.capacity()).order(ByteOrder.LITTLE_ENDIAN);
    while (printed.hasRemaining()) {
      address.putInt(printed.getInt());
    }
    return InetAddress.getByAddress(address.array());
  }
}
