package dev.espalier.pruningnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.ThreadMXBean;
import dev.espalier.search.job.BadInputException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.Channels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any bytes at all in place of a file of parameters, a PruningNet or a checkpoint. */
class ParameterFileFuzzTest {

  private static final String KIND = "test";
  private static final long MOST_MEMORY = 8L << 20;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 3000)
  void read_damagedFile_isRefusedBeforeMuchMemoryIsTaken(@ForAll("damaged") byte[] bytes) {
    long before = threads.getCurrentThreadAllocatedBytes();
    Throwable refusal = catchThrowable(() -> read(bytes));
    long taken = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(refusal).isInstanceOf(BadInputException.class).hasMessageStartingWith("fuzz: ");
    assertThat(taken).isLessThan(MOST_MEMORY);
  }

  @Provide
  Arbitrary<byte[]> damaged() throws IOException {
    byte[] whole = whole();
    Arbitrary<byte[]> noise =
        Arbitraries.bytes()
            .array(byte[].class)
            .ofMaxSize(200)
            .map(
                tail -> {
                  byte[] bytes = Arrays.copyOf(whole, ParameterHeader.PREFIX + tail.length);
                  System.arraycopy(tail, 0, bytes, ParameterHeader.PREFIX, tail.length);
                  return bytes;
                });
    return Arbitraries.oneOf(Damage.of(whole), noise).filter(bytes -> !Arrays.equals(bytes, whole));
  }

  private static void read(byte[] bytes) {
    try (NDManager scope = Torch.scope();
        ParameterReader reader =
            ParameterReader.of(
                Channels.newChannel(new ByteArrayInputStream(bytes)), "fuzz", KIND)) {
      reader.read(parameters(scope));
    }
  }

  private static byte[] whole() throws IOException {
    Path file = Files.createTempFile("whole", ".test");
    try (NDManager scope = Torch.scope()) {
      Map<String, String> entries = Map.of("step", "12", "training", "abc");
      ParameterFile.write(file, KIND, new TreeMap<>(entries), parameters(scope));
      return Files.readAllBytes(file);
    } finally {
      Files.delete(file);
    }
  }

  private static List<Parameter> parameters(NDManager scope) {
    return List.of(
        Parameter.zeros("first", new Shape(3, 4), scope),
        Parameter.zeros("second", new Shape(2), scope));
  }
}
