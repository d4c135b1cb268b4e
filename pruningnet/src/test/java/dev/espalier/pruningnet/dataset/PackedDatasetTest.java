package dev.espalier.pruningnet.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackedDatasetTest {

  private static final Shape SHAPE = new Shape(3, 4, 5);
  private static final byte[][] IMAGES = TestImages.random(SHAPE, 7, 42);
  private static final int[] LABELS = {1, 0, 1, 1, 0, 0, 1};
  private static final int POOL = 5;

  @TempDir Path folder;
  private Path file;

  @BeforeEach
  void writeDataset() {
    file = folder.resolve("seven.esp-data");
    write(file, "seven", IMAGES, List.of("cat", "dog"));
  }

  @Test
  void open_afterCommit_givesWhatWasWritten() {
    PackedDataset data = PackedDataset.open(file);

    assertThat(data.size()).isEqualTo(7);
    for (int i = 0; i < 7; i++) {
      assertThat(data.label(i)).isEqualTo(LABELS[i]);
      assertThat(data.partition(i)).isEqualTo(i < POOL ? Partition.POOL : Partition.TEST);
      assertThat(image(data, i)).isEqualTo(IMAGES[i]);
    }
    DatasetInfo info = data.info();
    assertThat(info.name()).isEqualTo("seven");
    assertThat(info.shape()).isEqualTo(SHAPE);
    assertThat(info.classes()).containsExactly("cat", "dog");
    assertThat(info.counts(Partition.POOL)).containsExactly(2, 3);
    assertThat(info.counts(Partition.TEST)).containsExactly(1, 1);
    assertThat(info.origin()).isEqualTo(TestImages.ORIGIN);
    assertThat(info.digest()).matches("[0-9a-f]{64}");
    data.verify();
  }

  @Test
  void info_statistics_equalTheTwoPassFormulaOverThePool() {
    DatasetInfo info = PackedDataset.open(file).info();

    for (int c = 0; c < 3; c++) {
      int channel = c;
      double[] values =
          IntStream.range(0, POOL)
              .boxed()
              .flatMapToDouble(
                  i ->
                      IntStream.range(0, 20)
                          .mapToDouble(p -> (IMAGES[i][channel * 20 + p] & 0xff) / 255.0))
              .toArray();
      double mean = Arrays.stream(values).average().orElseThrow();
      double variance =
          Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
      assertThat(info.mean().get(c)).isCloseTo(mean, within(1e-12));
      assertThat(info.std().get(c)).isCloseTo(Math.sqrt(variance), within(1e-12));
    }
  }

  @Test
  void info_constantChannel_hasAStandardDeviationThatCanDivide() {
    byte[][] black = new byte[7][(int) SHAPE.elements()];
    assertThat(write(file, "black", black, List.of("cat", "dog")).info().std())
        .containsOnly(1 / 255.0);
  }

  @Test
  void copy_imagesInSeveralSegments_areTheSame() {
    int twoImages = 2 * (int) SHAPE.elements() + 1;
    PackedDataset data = PackedDataset.open(file, twoImages);

    for (int i = 0; i < 7; i++) {
      assertThat(image(data, i)).isEqualTo(IMAGES[i]);
    }
    data.verify();
  }

  @Test
  void copy_fromAFileAbove2GiB_readsTheLastImage() throws IOException {
    Shape large = new Shape(3, 1000, 1000);
    int images = 800;
    byte[] words =
        new PackedDescription(
                "large",
                List.of("cat", "dog"),
                List.of(0.0, 0.0, 0.0),
                List.of(1.0, 1.0, 1.0),
                TestImages.ORIGIN)
            .encode();
    ByteBuffer tail = ByteBuffer.allocate(2 * images + words.length);
    tail.position(2 * images).put(words).flip();
    CRC32C checksum = new CRC32C();
    checksum.update(tail.duplicate());
    PackedHeader header =
        new PackedHeader(large, images, 0, words.length, (int) checksum.getValue(), "0".repeat(64));
    Path sparse = folder.resolve("large.esp-data");
    try (FileChannel channel =
        FileChannel.open(sparse, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(header.encode(), 0);
      channel.write(ByteBuffer.wrap(new byte[] {7}), header.labelsOffset() - 1);
      channel.write(tail, header.labelsOffset());
    }

    PackedDataset data = PackedDataset.open(sparse);
    assertThat(Files.size(sparse)).isGreaterThan(1L << 31);
    assertThat(image(data, images - 1)).endsWith(0, 7).startsWith(0);
    assertThat(image(data, images - 2)).containsOnly(0);
  }

  @Test
  void copy_toAnOffset_leavesTheRestAlone() {
    byte[] target = new byte[3 * (int) SHAPE.elements()];
    PackedDataset.open(file).copy(6, target, 60);

    assertThat(target).startsWith(new byte[60]).endsWith(new byte[60]);
    assertThat(Arrays.copyOfRange(target, 60, 120)).isEqualTo(IMAGES[6]);
  }

  @Test
  void copy_outside_isRefused() {
    PackedDataset data = PackedDataset.open(file);
    assertThatThrownBy(() -> data.copy(7, new byte[60], 0))
        .isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void digest_ofSameContentUnderAnotherName_isTheSame() {
    PackedDataset other =
        write(folder.resolve("b.esp-data"), "other", IMAGES, List.of("cat", "dog"));
    assertThat(other.info().digest()).isEqualTo(PackedDataset.open(file).info().digest());
  }

  @Test
  void digest_ofOtherPixelsLabelsOrClasses_differs() {
    String digest = PackedDataset.open(file).info().digest();
    byte[][] changed = TestImages.random(SHAPE, 7, 42);
    changed[3][17]++;

    assertThat(write(file, "seven", changed, List.of("cat", "dog")).info().digest())
        .isNotEqualTo(digest);
    assertThat(write(file, "seven", IMAGES, List.of("cat", "fox")).info().digest())
        .isNotEqualTo(digest);
    assertThat(write(file, "seven", IMAGES, List.of("cat", "dog", "fox")).info().digest())
        .isNotEqualTo(digest);
  }

  @Test
  void open_missingFile_namesIt() {
    assertThatThrownBy(() -> PackedDataset.open(folder.resolve("none.esp-data")))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("none.esp-data")
        .hasMessageContaining("no such file");
  }

  @Test
  void open_everyTruncation_isRefusedWithTheFileAndItsLengths() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path cut = folder.resolve("cut.esp-data");
    for (int length = 0; length < whole.length; length += 97) {
      Files.write(cut, Arrays.copyOf(whole, length));
      int bytes = length;
      assertThatThrownBy(() -> PackedDataset.open(cut))
          .as("cut to %d bytes", bytes)
          .isInstanceOf(BadInputException.class)
          .hasMessageContaining("cut.esp-data")
          .hasMessageContaining(Integer.toString(bytes));
    }
  }

  @Test
  void open_anyFlippedByteOfHeaderLabelsOrDescription_isRefused() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Path damaged = folder.resolve("damaged.esp-data");
    int tail = 4096 + 7 * (int) SHAPE.elements();
    IntStream.concat(IntStream.range(0, 76), IntStream.range(tail, whole.length))
        .forEach(
            at -> {
              flip(damaged, whole, at);
              assertThatThrownBy(() -> PackedDataset.open(damaged))
                  .as("byte %d flipped", at)
                  .isInstanceOf(BadInputException.class)
                  .hasMessageContaining("damaged.esp-data");
            });
  }

  @Test
  void verify_flippedPixel_isRefusedWithBothDigests() throws IOException {
    String digest = PackedDataset.open(file).info().digest();
    Path damaged = folder.resolve("pixel.esp-data");
    flip(damaged, Files.readAllBytes(file), 4096 + 100);

    PackedDataset data = PackedDataset.open(damaged);
    assertThatThrownBy(data::verify)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("pixel.esp-data")
        .hasMessageContaining(digest);
  }

  @Test
  void open_textFile_saysThatItIsNoDataset() throws IOException {
    Path text = Files.writeString(folder.resolve("a.txt"), "hello ".repeat(1000));
    assertThatThrownBy(() -> PackedDataset.open(text))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("a.txt")
        .hasMessageContaining("packed data set");
  }

  @Test
  void close_withoutCommit_leavesNothingBehind() throws IOException {
    Path target = folder.resolve("half.esp-data");
    try (PackedWriter writer = PackedWriter.create(target, SHAPE)) {
      writer.add(Partition.POOL, 0, IMAGES[0]);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  /** The bytes were fixed with the format's first version; another layout needs another version. */
  @Test
  void commit_fixedContent_writesTheSameFileInEveryRelease() throws Exception {
    byte[] sha = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
    assertThat(HexFormat.of().formatHex(sha))
        .isEqualTo("82674ae5c10d421fa2a59f18d3bd04769c762991d7502457a95be495a1142728");
  }

  @Test
  void commit_emptyPool_isRefusedAndKeepsTheOlderFile() {
    try (PackedWriter writer = PackedWriter.create(file, SHAPE)) {
      writer.add(Partition.TEST, 0, IMAGES[0]);
      assertThatThrownBy(() -> writer.commit("x", List.of("cat", "dog"), TestImages.ORIGIN))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("no image");
    }
    assertThat(PackedDataset.open(file).size()).isEqualTo(7);
  }

  @Test
  void add_poolAfterTest_isRefused() {
    try (PackedWriter writer = PackedWriter.create(folder.resolve("x.esp-data"), SHAPE)) {
      writer.add(Partition.TEST, 0, IMAGES[0]);
      assertThatThrownBy(() -> writer.add(Partition.POOL, 0, IMAGES[1]))
          .isInstanceOf(IllegalStateException.class);
    }
  }

  private static PackedDataset write(Path file, String name, byte[][] images, List<String> names) {
    try (PackedWriter writer = PackedWriter.create(file, SHAPE)) {
      for (int i = 0; i < images.length; i++) {
        writer.add(i < POOL ? Partition.POOL : Partition.TEST, LABELS[i], images[i]);
      }
      return writer.commit(name, names, Origin.of("test", "bytes", Map.of("seed", "1")));
    }
  }

  private static byte[] image(PackedDataset data, int index) {
    byte[] image = new byte[(int) data.info().shape().elements()];
    data.copy(index, image, 0);
    return image;
  }

  private static void flip(Path target, byte[] whole, int at) {
    byte[] bytes = whole.clone();
    bytes[at] ^= 0x10;
    try {
      Files.write(target, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
