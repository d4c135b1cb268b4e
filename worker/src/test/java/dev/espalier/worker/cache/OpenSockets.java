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

/** The sockets of this process, as the Linux kernel lists them. */
public final class OpenSockets {

  private static final String LISTEN = "0A";

  /** A socket that waits for connections. */
  public record Listener(InetAddress address, int port) {}

  private OpenSockets() {}

  /** The TCP sockets that wait for connections. */
  public static List<Listener> listeners() throws IOException {
    List<Listener> listeners = new ArrayList<>();
    for (String[] row : rows("tcp", "tcp6")) {
      if (row[3].equals(LISTEN)) {
        String[] local = row[1].split(":", 2);
        listeners.add(new Listener(address(local[0]), Integer.parseInt(local[1], 16)));
      }
    }
    return listeners;
  }

  /** The UDP sockets, as the kernel prints them. */
  public static List<String> datagramSockets() throws IOException {
    return rows("udp", "udp6").stream().map(row -> row[1]).toList();
  }

  private static List<String[]> rows(String... tables) throws IOException {
    Set<String> own = inodes();
    List<String[]> rows = new ArrayList<>();
    for (String table : tables) {
      for (String line : Files.readAllLines(Path.of("/proc/self/net", table))) {
        String[] columns = line.strip().split(" +");
        if (columns.length > 9 && own.contains(columns[9])) {
          rows.add(columns);
        }
      }
    }
    return rows;
  }

  private static Set<String> inodes() throws IOException {
    try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
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
