package dev.espalier.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A file system in memory that nobody but the processes started through it can see: it lies in a
 * mount namespace, which a process that waits keeps open. Needs Linux, and rights to make one.
 */
final class SmallDisk implements AutoCloseable {

  /** Mounts, says so, and waits until standard input is closed. */
  private static final String HOLDER =
      """
      mount -t tmpfs -o size="$1" none "$2" && echo mounted && exec cat
      """;

  private final Process holder;
  private final List<String> enter;
  private final Path place;

  private SmallDisk(Process holder, List<String> enter, Path place) {
    this.holder = holder;
    this.enter = enter;
    this.place = place;
  }

  /**
   * Mounts one over a folder; empty if this machine does not permit it.
   *
   * @param size as mount understands it, e.g. {@code 40m}
   */
  static Optional<SmallDisk> mount(String size, Path place) throws IOException {
    Files.createDirectories(place);
    Optional<SmallDisk> asRoot =
        held(List.of("unshare", "--mount"), List.of("--mount"), size, place);
    return asRoot.isPresent()
        ? asRoot
        : held(
            List.of("unshare", "--user", "--map-root-user", "--mount"),
            List.of("--user", "--preserve-credentials", "--mount"),
            size,
            place);
  }

  private static Optional<SmallDisk> held(
      List<String> unshare, List<String> spaces, String size, Path place) throws IOException {
    List<String> command = new ArrayList<>(unshare);
    command.addAll(List.of("sh", "-c", HOLDER, "sh", size, place.toString()));
    Process holder = new ProcessBuilder(command).redirectErrorStream(true).start();
    BufferedReader out = holder.inputReader();
    if (!"mounted".equals(out.readLine())) {
      return Optional.empty();
    }
    List<String> enter = new ArrayList<>(List.of("nsenter", "--target", "" + holder.pid()));
    enter.addAll(spaces);
    return Optional.of(new SmallDisk(holder, List.copyOf(enter), place));
  }

  /** The launcher in a home on this disk. */
  Espalier espalier(Path scratch) throws IOException {
    Path launcher =
        Files.writeString(
            scratch.resolve("launcher"),
            "#!/bin/sh\nexec %s -- %s \"$@\"\n"
                .formatted(String.join(" ", enter), Espalier.LAUNCHER));
    Files.setPosixFilePermissions(launcher, PosixFilePermissions.fromString("rwx------"));
    return new Espalier(launcher, place, scratch);
  }

  /** Where this process finds what the others find at a path of theirs. */
  Path seen(Path path) {
    return Path.of("/proc/%d/root%s".formatted(holder.pid(), path));
  }

  /** Mounts another one over a folder of theirs, or gives one another size. */
  void mount(String options, String size, Path where) throws Exception {
    List<String> command = new ArrayList<>(enter);
    command.addAll(List.of("mount", "-t", "tmpfs", "-o", options + "size=" + size, "none"));
    command.add(where.toString());
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new AssertionError("%s: exit code %d".formatted(command, code));
    }
  }

  /** Ends the namespace, and with it the disk. */
  @Override
  public void close() {
    holder.destroyForcibly();
  }
}
