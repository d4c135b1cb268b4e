package dev.espalier.pruningnet.dataset.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.network.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * CIFAR-10 as zips of JPEG files. They are no part of the project: the test looks for them in the
 * folder that ESPALIER_SHARED_DATA names, or in shared/data beside any folder above.
 */
class RealImagesTest {

  @TempDir Path folder;

  @Test
  void run_cifar10TestZip_importsEveryImage() {
    Optional<Path> zip = find("cifar10-test.zip");
    assumeTrue(zip.isPresent(), "cifar10-test.zip is not there; set ESPALIER_SHARED_DATA");

    ImportReport report =
        DatasetImport.run(
            zip.orElseThrow(),
            folder.resolve("cifar10.esp-data"),
            "cifar10",
            ImportSettings.DEFAULTS,
            ImportProgress.NONE);

    DatasetInfo info = report.dataset().info();
    assertThat(report.broken()).isEmpty();
    assertThat(info.shape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(info.classes()).hasSize(10).contains("airplane", "truck");
    assertThat(info.counts(Partition.POOL)).hasSize(10).containsOnly(500);
    assertThat(info.mean()).allSatisfy(mean -> assertThat(mean).isBetween(0.4, 0.55));
    assertThat(info.std()).allSatisfy(std -> assertThat(std).isBetween(0.2, 0.3));
  }

  private static Optional<Path> find(String name) {
    Stream<Path> named = Stream.ofNullable(System.getenv("ESPALIER_SHARED_DATA")).map(Path::of);
    Stream<Path> above =
        Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
            .map(path -> path.resolve("shared/data"));
    return Stream.concat(named, above)
        .map(data -> data.resolve(name))
        .filter(Files::exists)
        .findFirst();
  }
}
