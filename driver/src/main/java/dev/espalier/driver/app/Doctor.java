package dev.espalier.driver.app;

import com.sun.management.OperatingSystemMXBean;
import dev.espalier.driver.config.Home;
import dev.espalier.pruningnet.tensor.Torch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Checks what Espalier needs of a machine. */
public final class Doctor {

  private static final long GIB = 1L << 30;
  private static final int JAVA = 17;

  private Doctor() {}

  /**
   * One thing that was checked.
   *
   * @param name what
   * @param ok whether it will do
   * @param found what is there
   * @param advice what would help; empty where all is well
   */
  public record Finding(String name, boolean ok, String found, String advice) {

    private static Finding of(String name, boolean ok, String found, String advice) {
      return new Finding(name, ok, found, ok ? "" : advice);
    }
  }

  /** Everything that can be checked without running a job. */
  public static List<Finding> examine(Home home) {
    return List.of(java(), cores(), memory(), heap(), natives(), folder(home), disk(home));
  }

  private static Finding java() {
    return Finding.of(
        "java",
        Runtime.version().feature() >= JAVA,
        Runtime.version().toString(),
        "expected %d or later".formatted(JAVA));
  }

  private static Finding cores() {
    return Finding.of("cores", true, "" + Runtime.getRuntime().availableProcessors(), "");
  }

  private static Finding memory() {
    OperatingSystemMXBean machine =
        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return Finding.of(
        "memory",
        machine.getTotalMemorySize() >= 4 * GIB,
        gib(machine.getTotalMemorySize()),
        "expected 4.0 GiB or more: training and scoring work outside of the Java heap");
  }

  private static Finding heap() {
    return Finding.of(
        "heap",
        Runtime.getRuntime().maxMemory() >= GIB / 2,
        gib(Runtime.getRuntime().maxMemory()),
        "expected 0.5 GiB or more. Maybe set ESPALIER_JAVA_OPTIONS=-Xmx1g?");
  }

  private static Finding natives() {
    try {
      Torch.start();
      return Finding.of("natives", true, "PyTorch " + Torch.version(), "");
    } catch (RuntimeException | LinkageError e) {
      return Finding.of(
          "natives",
          false,
          "PyTorch does not load: " + e.getMessage(),
          "expected Linux x86-64 with glibc 2.28 or later, or macOS on Apple silicon");
    }
  }

  private static Finding folder(Home home) {
    Path existing = existing(home.root());
    return Finding.of(
        "home",
        Files.isDirectory(existing) && Files.isWritable(existing),
        home.root().toString(),
        "cannot be written. Maybe choose another with --home or ESPALIER_HOME?");
  }

  private static Finding disk(Home home) {
    try {
      long free = Files.getFileStore(existing(home.root())).getUsableSpace();
      return Finding.of("disk", free >= 2 * GIB, gib(free) + " free", "expected 2.0 GiB or more");
    } catch (IOException e) {
      return Finding.of("disk", false, "unknown: " + e.getMessage(), "expected 2.0 GiB or more");
    }
  }

  /** The folder itself, or the closest one around it that exists. */
  private static Path existing(Path folder) {
    Path at = folder;
    while (!Files.exists(at) && at.getParent() != null) {
      at = at.getParent();
    }
    return at;
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", (double) bytes / GIB);
  }
}
