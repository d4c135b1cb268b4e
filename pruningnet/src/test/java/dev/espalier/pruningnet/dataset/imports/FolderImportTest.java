package dev.espalier.pruningnet.dataset.imports;

import static dev.espalier.pruningnet.dataset.imports.ImageFiles.firstValues;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.labels;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.png;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.pruningnet.dataset.picture.Resampler;
import dev.espalier.pruningnet.dataset.picture.TestPictures;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderImportTest {

  @TempDir Path folder;
  private Path source;
  private Path target;

  @BeforeEach
  void writeTwoClasses() throws IOException {
    source = folder.resolve("animals");
    target = folder.resolve("home/animals.esp-data");
    Files.createDirectories(target.getParent());
    write(source.resolve("dog/1.png"), png(40));
    write(source.resolve("cat/b.png"), png(20));
    write(source.resolve("cat/a.png"), png(10));
    write(source.resolve("cat/c.PNG"), png(30));
  }

  @Test
  void run_folderPerClass_takesClassesAndImagesByName() {
    DatasetInfo info = imported(ImportSettings.DEFAULTS).info();

    assertThat(info.name()).isEqualTo("pets");
    assertThat(info.classes()).containsExactly("cat", "dog");
    assertThat(info.shape()).isEqualTo(new Shape(3, 4, 4));
    assertThat(info.counts(Partition.POOL)).containsExactly(3, 1);
    assertThat(info.size(Partition.TEST)).isZero();
    assertThat(info.origin().kind()).isEqualTo("image-folder");
    assertThat(info.origin().source()).isEqualTo("animals");
    assertThat(info.origin().settings()).containsEntry("grayscale", "false");
    PackedDataset data = PackedDataset.open(target);
    data.verify();
    assertThat(firstValues(data)).containsExactly(10, 20, 30, 40);
    assertThat(labels(data)).containsExactly(0, 0, 0, 1);
  }

  @Test
  void run_manyImages_keepsTheirOrderAndTellsProgress() throws IOException {
    for (int i = 0; i < 200; i++) {
      write(source.resolve("dog/image-%03d.png".formatted(i)), png(i));
    }
    List<Long> done = new ArrayList<>();
    PackedDataset data =
        DatasetImport.run(
                source,
                target,
                "pets",
                ImportSettings.DEFAULTS,
                (count, total) -> {
                  assertThat(total).isEqualTo(204);
                  done.add(count);
                })
            .dataset();

    assertThat(firstValues(data).subList(4, 204))
        .isEqualTo(IntStream.range(0, 200).boxed().toList());
    assertThat(done).isSorted().endsWith(204L);
  }

  @Test
  void run_trainAndTestFolders_becomePartitions() throws IOException {
    Path both = folder.resolve("both");
    Files.createDirectories(both.resolve("data"));
    Files.move(source, both.resolve("data/train"));
    write(both.resolve("data/test/cat/x.png"), png(50));
    write(both.resolve("data/test/dog/x.png"), png(60));
    write(both.resolve("data/README.txt"), new byte[] {1});

    source = both;
    PackedDataset data = imported(ImportSettings.DEFAULTS);
    assertThat(firstValues(data)).containsExactly(10, 20, 30, 40, 50, 60);
    assertThat(data.info().counts(Partition.TEST)).containsExactly(1, 1);
    assertThat(data.partition(4)).isEqualTo(Partition.TEST);
  }

  @Test
  void run_separateTestSource_matchesClassesByName() throws IOException {
    Path test = folder.resolve("more");
    write(test.resolve("dog/x.png"), png(60));
    write(test.resolve("cat/x.png"), png(50));

    PackedDataset data = imported(ImportSettings.DEFAULTS.withTest(test));
    assertThat(firstValues(data)).containsExactly(10, 20, 30, 40, 50, 60);
    assertThat(data.info().origin().settings()).containsEntry("test", "more");
  }

  @Test
  void run_testSourceWithAnotherClass_isRefused() throws IOException {
    Path test = folder.resolve("more");
    write(test.resolve("cat/x.png"), png(50));
    write(test.resolve("fox/x.png"), png(50));
    assertRefused(ImportSettings.DEFAULTS.withTest(test), "more", "'fox'", "cat, dog");
  }

  @Test
  void run_testSourceWithoutAClass_isRefused() throws IOException {
    Path test = folder.resolve("more");
    write(test.resolve("cat/x.png"), png(50));
    assertRefused(ImportSettings.DEFAULTS.withTest(test), "'dog'", "no test image");
  }

  @Test
  void run_thirdFolderBesideTrainAndTest_isRefused() throws IOException {
    Path both = folder.resolve("both");
    for (String part : List.of("train", "test", "val")) {
      write(both.resolve(part).resolve("cat/x.png"), png(50));
      write(both.resolve(part).resolve("dog/x.png"), png(60));
    }
    source = both;
    assertRefused(ImportSettings.DEFAULTS, "both", "test, train, val");
  }

  @Test
  void run_grayscale_makesOneChannel() {
    PackedDataset data = imported(ImportSettings.DEFAULTS.withGrayscale());
    assertThat(data.info().shape()).isEqualTo(new Shape(1, 4, 4));
    assertThat(firstValues(data)).containsExactly(11, 21, 31, 41);
  }

  @Test
  void run_greyImages_becomeColourWithoutGrayscale() throws IOException {
    write(source.resolve("dog/2.png"), TestPictures.png(TestPictures.plain(4, 4, 90)));
    PackedDataset data = imported(ImportSettings.DEFAULTS);
    assertThat(data.info().shape()).isEqualTo(new Shape(3, 4, 4));
    assertThat(ImageFiles.picture(data, 4).planes()).containsOnly(90);
  }

  @Test
  void run_resize_makesSquaresOfMixedSizes() throws IOException {
    var large = TestPictures.random(3, 30, 20, 1);
    write(source.resolve("dog/2.png"), TestPictures.png(large));
    PackedDataset data = imported(ImportSettings.DEFAULTS.withResize(8));
    assertThat(data.info().shape()).isEqualTo(new Shape(3, 8, 8));
    assertThat(ImageFiles.picture(data, 4).planes()).isEqualTo(Resampler.square(large, 8).planes());
  }

  @Test
  void run_perClass_takesTheFirstOnes() {
    assertThat(firstValues(imported(ImportSettings.DEFAULTS.withPerClass(2))))
        .containsExactly(10, 20, 40);
  }

  @Test
  void run_filesThatSystemsLeaveBehind_areNoImages() throws IOException {
    write(source.resolve("cat/.DS_Store"), new byte[] {1});
    write(source.resolve("cat/Thumbs.db"), new byte[] {1});
    write(source.resolve("__MACOSX/cat/a.png"), new byte[] {1});
    write(source.resolve("labels.txt"), new byte[] {1});
    assertThat(firstValues(imported(ImportSettings.DEFAULTS))).containsExactly(10, 20, 30, 40);
  }

  @Test
  void run_mixedSizes_areRefusedNamingBothImages() throws IOException {
    write(source.resolve("dog/2.png"), TestPictures.png(TestPictures.plain(6, 5, 1, 2, 3)));
    assertRefused(ImportSettings.DEFAULTS, "2.png", "5x6", "4x4", "a.png", "--resize 4");
  }

  @Test
  void run_brokenImage_isRefusedNamingIt() throws IOException {
    write(source.resolve("dog/2.png"), new byte[] {1, 2, 3});
    assertRefused(ImportSettings.DEFAULTS, "2.png", "01 02 03", "JPEG or PNG", "--skip-broken");
  }

  @Test
  void run_skipBroken_listsBrokenImagesInOrder() throws IOException {
    write(source.resolve("cat/a.png"), new byte[] {1, 2, 3});
    write(source.resolve("dog/2.png"), Arrays.copyOf(png(70), 60));
    ImportReport report = report(ImportSettings.DEFAULTS.withSkipBroken());

    assertThat(firstValues(report.dataset())).containsExactly(20, 30, 40);
    assertThat(report.broken())
        .extracting(BrokenImage::image)
        .containsExactly(
            source.resolve("cat/a.png").toString(), source.resolve("dog/2.png").toString());
    assertThat(report.broken().get(0).reason()).contains("01 02 03");
  }

  @Test
  void run_skipBroken_doesNotSkipOtherSizes() throws IOException {
    write(source.resolve("dog/2.png"), TestPictures.png(TestPictures.plain(6, 5, 1, 2, 3)));
    assertRefused(ImportSettings.DEFAULTS.withSkipBroken(), "2.png", "5x6");
  }

  @Test
  void run_classWithBrokenImagesOnly_isRefused() throws IOException {
    write(source.resolve("dog/1.png"), new byte[] {1, 2, 3});
    assertRefused(ImportSettings.DEFAULTS.withSkipBroken(), "'dog'", "no readable training image");
  }

  @Test
  void run_emptyClass_isRefusedNamingIt() throws IOException {
    Files.createDirectories(source.resolve("fox"));
    assertRefused(ImportSettings.DEFAULTS, "animals", "'fox'", "no training image");
  }

  @Test
  void run_oneClass_isRefused() throws IOException {
    Files.delete(source.resolve("dog/1.png"));
    Files.delete(source.resolve("dog"));
    assertRefused(ImportSettings.DEFAULTS, "animals", "one class, 'cat'", "at least two");
  }

  @Test
  void run_imagesWithoutFolders_areRefused() throws IOException {
    source = source.resolve("cat");
    assertRefused(ImportSettings.DEFAULTS, "a.png", "beside the class folders");
    Files.createDirectories(folder.resolve("nothing"));
    source = folder.resolve("nothing");
    assertRefused(ImportSettings.DEFAULTS, "nothing", "no folder");
  }

  @Test
  void run_folderInsideAClass_isRefused() throws IOException {
    write(source.resolve("dog/old/1.png"), png(1));
    assertRefused(ImportSettings.DEFAULTS, "'dog'", "'old'", "images only");
  }

  @Test
  void run_missingPath_isRefused() {
    source = folder.resolve("none");
    assertRefused(ImportSettings.DEFAULTS, "none", "no such file");
  }

  @Test
  void run_unknownFormat_isRefused() throws IOException {
    source = folder.resolve("data.tar.gz");
    write(source, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0});
    assertRefused(ImportSettings.DEFAULTS, "data.tar.gz", "1f 8b 08 00", "zip", "unpacked");
  }

  @Test
  void run_failed_keepsAnOlderDataset() throws IOException {
    String digest = imported(ImportSettings.DEFAULTS).info().digest();
    write(source.resolve("dog/2.png"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> imported(ImportSettings.DEFAULTS))
        .isInstanceOf(BadInputException.class);
    assertThat(PackedDataset.open(target).info().digest()).isEqualTo(digest);
  }

  @Test
  void settings_impossibleSizes_areRefused() {
    assertThatThrownBy(() -> ImportSettings.DEFAULTS.withResize(0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("resize")
        .hasMessageContaining("4096");
    assertThatThrownBy(() -> ImportSettings.DEFAULTS.withPerClass(0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("per class");
  }

  private PackedDataset imported(ImportSettings settings) {
    return report(settings).dataset();
  }

  private ImportReport report(ImportSettings settings) {
    return DatasetImport.run(source, target, "pets", settings, ImportProgress.NONE);
  }

  private void assertRefused(ImportSettings settings, String... words) {
    assertThatThrownBy(() -> imported(settings))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
    try (var left = Files.list(target.getParent())) {
      assertThat(left).isEmpty();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
