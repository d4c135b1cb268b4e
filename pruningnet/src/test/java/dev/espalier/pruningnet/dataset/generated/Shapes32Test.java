package dev.espalier.pruningnet.dataset.generated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.Partition;
import dev.espalier.search.network.Shape;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Shapes32Test {

  @TempDir Path folder;

  @Test
  void write_someImages_areBalancedAndDescribed() {
    DatasetInfo info = write(new Shapes32(203, 50, 1)).info();

    assertThat(info.name()).isEqualTo("shapes-32");
    assertThat(info.shape()).isEqualTo(new Shape(3, 32, 32));
    assertThat(info.classes()).hasSize(10).startsWith("disc").endsWith("arrow");
    assertThat(info.counts(Partition.POOL)).containsExactly(21, 21, 21, 20, 20, 20, 20, 20, 20, 20);
    assertThat(info.counts(Partition.TEST)).containsOnly(5);
    assertThat(info.origin().settings())
        .containsEntry("pool", "203")
        .containsEntry("test", "50")
        .containsEntry("seed", "1");
    assertThat(info.std()).allSatisfy(std -> assertThat(std).isBetween(0.2, 0.35));
  }

  /** The digest was computed once: it must be the same on every machine and in every release. */
  @Test
  void write_sameSeed_isTheSameOnEveryMachine() {
    assertThat(write(new Shapes32(100, 20, 1)).info().digest())
        .isEqualTo("6ced4d3fcb3bca09a149b698ab1c257e20525aee0750d2d2c7adc07c6de0f054");
  }

  @Test
  void write_anotherSeed_isAnotherDataset() {
    assertThat(write(new Shapes32(100, 20, 2)).info().digest())
        .isNotEqualTo(write(new Shapes32(100, 20, 1)).info().digest());
  }

  @Test
  void write_largerSet_beginsWithTheSmallerOne() {
    PackedDataset small = write(new Shapes32(30, 10, 1));
    byte[][] images = new byte[30][];
    for (int i = 0; i < 30; i++) {
      images[i] = image(small, i);
    }
    PackedDataset large = write(new Shapes32(1500, 10, 1));
    for (int i = 0; i < 30; i++) {
      assertThat(image(large, i)).isEqualTo(images[i]);
      assertThat(large.label(i)).isEqualTo(i % 10);
    }
  }

  @Test
  void write_noImageTwice() {
    PackedDataset data = write(new Shapes32(1000, 200, 1));
    Set<ByteBuffer> seen = new HashSet<>();
    for (int i = 0; i < data.size(); i++) {
      seen.add(ByteBuffer.wrap(image(data, i)));
    }
    assertThat(seen).hasSize(1200);
  }

  @Test
  void shapes32_fewerImagesThanClasses_areRefused() {
    assertThatThrownBy(() -> new Shapes32(100, 9, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 10");
  }

  private PackedDataset write(Shapes32 shapes) {
    return shapes.write(folder.resolve("shapes.esp-data"));
  }

  private static byte[] image(PackedDataset data, int index) {
    byte[] image = new byte[3 * 32 * 32];
    data.copy(index, image, 0);
    return image;
  }
}
