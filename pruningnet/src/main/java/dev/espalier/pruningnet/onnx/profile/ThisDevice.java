package dev.espalier.pruningnet.onnx.profile;

import dev.espalier.pruningnet.onnx.Blocks;
import dev.espalier.search.latency.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The machine that this program runs on. */
public final class ThisDevice {

  private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
  private static final List<String> NAMES = List.of("model name", "Hardware", "Model");

  private ThisDevice() {}

  /**
   * What a table says of it.
   *
   * @param name what people call it
   * @param threads that share one operation
   * @param batch images of one call
   */
  public static Device of(String name, int threads, int batch) {
    return new Device(name, processor(), Blocks.runtime(), threads, batch, Blocks.channels());
  }

  /** As Linux names it, and its architecture. */
  private static String processor() {
    String architecture = System.getProperty("os.arch", "unknown");
    if (!Files.isReadable(PROCESSORS)) {
      return architecture;
    }
    try (Stream<String> lines = Files.lines(PROCESSORS)) {
      return lines
          .map(line -> line.split(":", 2))
          .filter(pair -> pair.length == 2 && NAMES.contains(pair[0].strip()))
          .map(pair -> pair[1].strip())
          .filter(name -> !name.isEmpty())
          .findFirst()
          .map(name -> "%s (%s)".formatted(name, architecture))
          .orElse(architecture);
    } catch (IOException e) {
      return architecture;
    }
  }
}
