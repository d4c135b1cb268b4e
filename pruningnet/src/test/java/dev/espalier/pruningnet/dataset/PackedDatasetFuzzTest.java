package dev.espalier.pruningnet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import dev.espalier.pruningnet.tensor.Damage;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Any bytes at all in place of a packed data set. */
class PackedDatasetFuzzTest {

  private static final int HEADER = PackedHeader.allocate().capacity();
  private static final long MOST_MEMORY = 8L << 20;

  private final byte[] whole = whole();
  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Property(tries = 1000)
  void open_damagedFile_isADataSetOrRefused(@ForAll("files") byte[] bytes) throws IOException {
    assertReadOrRefused(bytes);
  }

  /** The checksum fits what it covers, so that every field gets as far as it can. */
  @Property(tries = 2000)
  void open_damagedHeaderWithItsChecksum_isADataSetOrRefused(@ForAll("headers") byte[] header)
      throws IOException {
    byte[] bytes = whole.clone();
    System.arraycopy(header, 0, bytes, 0, Math.min(header.length, HEADER - Integer.BYTES));
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, HEADER - Integer.BYTES);
    ByteBuffer.wrap(bytes).putInt(HEADER - Integer.BYTES, (int) checksum.getValue());

    assertReadOrRefused(bytes);
  }

  @Property(tries = 3000)
  void decode_damagedDescription_isADescriptionOrAnIoException(
      @ForAll("descriptions") byte[] bytes) {
    long before = threads.getCurrentThreadAllocatedBytes();
    Throwable refusal = catchThrowable(() -> PackedDescription.decode(bytes));

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_MEMORY);
    if (refusal != null) {
      assertThat(refusal).isInstanceOf(IOException.class);
    }
  }

  @Provide
  Arbitrary<byte[]> files() {
    return Arbitraries.oneOf(Damage.of(whole), Arbitraries.bytes().array(byte[].class));
  }

  @Provide
  Arbitrary<byte[]> headers() {
    return Damage.of(Arrays.copyOf(whole, HEADER));
  }

  @Provide
  Arbitrary<byte[]> descriptions() {
    byte[] description =
        new PackedDescription(
                "name", TestImages.names(3), List.of(0.5), List.of(0.25), TestImages.ORIGIN)
            .encode();
    return Arbitraries.oneOf(Damage.of(description), Arbitraries.bytes().array(byte[].class));
  }

  private void assertReadOrRefused(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("fuzz", ".esp-data");
    try {
      Files.write(file, bytes);
      long before = threads.getCurrentThreadAllocatedBytes();
      Throwable refusal = catchThrowable(() -> PackedDataset.open(file).verify());

      assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_MEMORY);
      if (refusal != null) {
        assertThat(refusal)
            .isInstanceOf(BadInputException.class)
            .hasMessageContaining(file.toString());
      }
    } finally {
      Files.delete(file);
    }
  }

  private static byte[] whole() {
    try {
      Path folder = Files.createTempDirectory("whole");
      Path file = folder.resolve("whole.esp-data");
      TestImages.dataset(file, new Shape(1, 2, 3), new int[] {2, 1}, new int[] {1, 1});
      byte[] bytes = Files.readAllBytes(file);
      Files.delete(file);
      Files.delete(folder);
      return bytes;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
