package dev.espalier.pruningnet.dataset.imports;

import static dev.espalier.pruningnet.dataset.imports.ImageFiles.firstValues;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.labels;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarImportTest {

  private static final int[] TEN = IntStream.range(0, 10).toArray();

  @TempDir Path folder;
  private Path source;

  @BeforeEach
  void makeSource() throws IOException {
    source = Files.createDirectory(folder.resolve("cifar"));
  }

  @Test
  void run_cifar10Folder_readsBatchesInOrderAndTheTestBatch() throws IOException {
    write("data_batch_2.bin", records(1, 100, 3, 3));
    write("data_batch_1.bin", records(1, 0, TEN));
    write("test_batch.bin", records(1, 200, TEN));
    Files.writeString(
        source.resolve("batches.meta.txt"),
        IntStream.range(0, 10).mapToObj(k -> "name" + k).collect(Collectors.joining("\n"))
            + "\n\n");

    PackedDataset data = imported(source);
    assertThat(data.info().shape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(data.info().classes()).hasSize(10).startsWith("name0").endsWith("name9");
    assertThat(data.info().size(Partition.POOL)).isEqualTo(12);
    assertThat(data.info().origin().kind()).isEqualTo("cifar-10");
    assertThat(labels(data).subList(8, 13)).containsExactly(8, 9, 3, 3, 0);
    assertThat(firstValues(data).subList(8, 13)).containsExactly(8, 9, 100, 101, 200);
    byte[] planes = ImageFiles.picture(data, 1).planes();
    assertThat(planes[1024]).isEqualTo((byte) 2);
    assertThat(planes[2048]).isEqualTo((byte) 3);
    assertThat(planes[3071]).isEqualTo((byte) 3);
  }

  @Test
  void run_cifar100Folder_usesFineLabels() throws IOException {
    int[] hundred = IntStream.range(0, 100).toArray();
    write("train.bin", records(2, 0, hundred));
    write("test.bin", records(2, 100, hundred));

    PackedDataset data = imported(source);
    assertThat(data.info().classes()).hasSize(100).startsWith("class-0");
    assertThat(data.info().origin().kind()).isEqualTo("cifar-100");
    assertThat(labels(data).subList(0, 100)).isEqualTo(IntStream.range(0, 100).boxed().toList());
    assertThat(firstValues(data).subList(98, 102)).containsExactly(98, 99, 100, 101);
  }

  @Test
  void run_singleFiles_areThePoolAndTheTest() throws IOException {
    Path pool = write("data_batch_1.bin", records(1, 0, TEN));
    Path test = write("test_batch.bin", records(1, 200, TEN));
    PackedDataset data =
        DatasetImport.run(
                pool,
                folder.resolve("out.esp-data"),
                "c",
                ImportSettings.DEFAULTS.withTest(test),
                ImportProgress.NONE)
            .dataset();
    assertThat(data.info().size(Partition.POOL)).isEqualTo(10);
    assertThat(firstValues(data).subList(9, 11)).containsExactly(9, 200);
  }

  @Test
  void run_truncatedFile_isRefusedWithLengths() throws IOException {
    byte[] whole = records(1, 0, TEN);
    write("data_batch_1.bin", whole);
    write("data_batch_2.bin", Arrays.copyOf(whole, whole.length - 1000));
    assertRefused(source, "data_batch_2.bin", "29730", "3073", "3074", "cut short");
    assertRefused(write("only.bin", new byte[0]), "only.bin", "0 bytes");
  }

  @Test
  void run_impossibleLabel_isRefusedNamingTheRecord() throws IOException {
    write("data_batch_1.bin", records(1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 77));
    assertRefused(source, "data_batch_1.bin, record 10", "label 77", "0 to 9");
  }

  @Test
  void run_classWithoutImage_isRefused() throws IOException {
    write("data_batch_1.bin", records(1, 0, 0, 1, 2, 3, 4, 5, 6, 7, 8));
    assertRefused(source, "'class-9'", "no training image");
  }

  @Test
  void run_wrongNumberOfNames_isRefused() throws IOException {
    write("data_batch_1.bin", records(1, 0, TEN));
    Files.writeString(source.resolve("batches.meta.txt"), "cat\ndog\n");
    assertRefused(source, "batches.meta.txt", "2 names", "10");
  }

  private PackedDataset imported(Path path) {
    return DatasetImport.run(
            path, folder.resolve("out.esp-data"), "c", ImportSettings.DEFAULTS, ImportProgress.NONE)
        .dataset();
  }

  private void assertRefused(Path path, String... words) {
    assertThatThrownBy(() -> imported(path))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
  }

  private Path write(String name, byte[] bytes) throws IOException {
    return Files.write(source.resolve(name), bytes);
  }

  /** Records whose channels are filled with first + i, + 1, + 2; a coarse label is always 99. */
  private static byte[] records(int labelBytes, int first, int... labels) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (int i = 0; i < labels.length; i++) {
      if (labelBytes == 2) {
        bytes.write(99);
      }
      bytes.write(labels[i]);
      for (int at = 0; at < 3072; at++) {
        bytes.write(first + i + at / 1024);
      }
    }
    return bytes.toByteArray();
  }
}
