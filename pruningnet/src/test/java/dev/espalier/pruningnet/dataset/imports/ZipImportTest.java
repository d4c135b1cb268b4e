package dev.espalier.pruningnet.dataset.imports;

import static dev.espalier.pruningnet.dataset.imports.ImageFiles.firstValues;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.png;
import static dev.espalier.pruningnet.dataset.imports.ImageFiles.zip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.search.job.BadInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZipImportTest {

  @TempDir Path folder;
  private final Map<String, byte[]> entries = new LinkedHashMap<>();

  @BeforeEach
  void makeEntries() {
    entries.put("dog/1.png", png(30));
    entries.put("cat/b.png", png(20));
    entries.put("cat/a.png", png(10));
  }

  @Test
  void run_zip_equalsTheFolder() throws IOException {
    for (var entry : entries.entrySet()) {
      ImageFiles.write(folder.resolve("folder").resolve(entry.getKey()), entry.getValue());
    }
    PackedDataset fromFolder = imported(folder.resolve("folder"), ImportSettings.DEFAULTS);
    PackedDataset fromZip = imported(animals(), ImportSettings.DEFAULTS);

    assertThat(firstValues(fromZip)).containsExactly(10, 20, 30);
    assertThat(fromZip.info().digest()).isEqualTo(fromFolder.info().digest());
    assertThat(fromZip.info().origin().kind()).isEqualTo("image-zip");
  }

  @Test
  void run_zipWithFoldersAndLeftovers_takesImagesOnly() throws IOException {
    Map<String, byte[]> wrapped = new LinkedHashMap<>();
    wrapped.put("data/", new byte[0]);
    wrapped.put("data/cat/", new byte[0]);
    entries.forEach((name, bytes) -> wrapped.put("data/" + name, bytes));
    wrapped.put("__MACOSX/data/cat/._a.png", new byte[] {1});
    wrapped.put("data/cat/.DS_Store", new byte[] {1});
    Path file = zip(folder.resolve("wrapped.zip"), wrapped);
    assertThat(firstValues(imported(file, ImportSettings.DEFAULTS))).containsExactly(10, 20, 30);
  }

  @Test
  void run_brokenEntry_isNamedInsideItsZip() throws IOException {
    entries.put("dog/2.png", "no image".getBytes(StandardCharsets.US_ASCII));
    assertRefused(animals(), "animals.zip!dog/2.png", "6e 6f 20 69", "JPEG or PNG");

    ImportReport report = report(animals(), ImportSettings.DEFAULTS.withSkipBroken());
    assertThat(firstValues(report.dataset())).containsExactly(10, 20, 30);
    assertThat(report.broken())
        .singleElement()
        .satisfies(broken -> assertThat(broken.image()).endsWith("animals.zip!dog/2.png"));
  }

  @Test
  void run_emptyFolderEntry_isAnEmptyClass() throws IOException {
    entries.put("fox/", new byte[0]);
    assertRefused(animals(), "animals.zip", "'fox'", "no training image");
  }

  @Test
  void run_truncatedZip_isRefused() throws IOException {
    Path file = animals();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 30));
    assertRefused(file, "animals.zip", "cannot be read as a zip", "cut short");
  }

  @Test
  void run_damagedEntry_isRefusedNamingIt() throws IOException {
    Path file = animals();
    byte[] bytes = Files.readAllBytes(file);
    bytes["PK..".length() + 26 + "dog/1.png".length() + 20] ^= 0x40;
    Files.write(file, bytes);
    assertRefused(file, "animals.zip!dog/1.png");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../cat/x.png",
        "cat/../../x.png",
        "/cat/x.png",
        "C:/cat/x.png",
        "cat\\x.png",
        "cat//x.png"
      })
  void run_entryThatLeadsOutside_isRefused(String name) throws IOException {
    entries.put(name, png(50));
    assertRefused(animals(), "animals.zip", name, "expected a path inside the zip");
  }

  @Test
  void open_tooManyEntriesOrBytes_isRefused() throws IOException {
    Path file = animals();
    assertThatThrownBy(() -> ZipImages.open(file, new ZipImages.Limits(2, 1_000_000)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("animals.zip", "3 entries", "at most 2");
    assertThatThrownBy(() -> ZipImages.open(file, new ZipImages.Limits(3, 100)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll("animals.zip", "more than 100 bytes");
  }

  private Path animals() throws IOException {
    return zip(folder.resolve("animals.zip"), entries);
  }

  private PackedDataset imported(Path source, ImportSettings settings) {
    return report(source, settings).dataset();
  }

  private ImportReport report(Path source, ImportSettings settings) {
    Path target = folder.resolve("out.esp-data");
    return DatasetImport.run(source, target, "pets", settings, ImportProgress.NONE);
  }

  private void assertRefused(Path source, String... words) throws IOException {
    assertThatThrownBy(() -> imported(source, ImportSettings.DEFAULTS))
        .isInstanceOf(BadInputException.class)
        .hasMessageContainingAll(words);
    try (var left = Files.list(folder)) {
      assertThat(left).isEqualTo(List.of(source));
    }
  }
}
