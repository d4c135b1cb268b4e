package dev.espalier.pruningnet.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.TestImages;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Shape;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SplitsTest {

  private static final Shape SHAPE = new Shape(1, 2, 2);

  @TempDir Path folder;

  @Test
  void of_equalClasses_areExactlyStratified() {
    PackedDataset data = dataset(new int[] {100, 100, 100}, new int[] {7, 7, 7});
    Splits splits = Splits.of(data, new SplitSizes(210, 60, 30, 0), 1);

    assertThat(counts(data, splits, Split.TRAIN)).containsExactly(70, 70, 70);
    assertThat(counts(data, splits, Split.SELECTION)).containsExactly(20, 20, 20);
    assertThat(counts(data, splits, Split.CONFIRMATION)).containsExactly(10, 10, 10);
    assertThat(counts(data, splits, Split.TEST)).containsExactly(7, 7, 7);
    assertThat(splits.indices(Split.TEST)).containsExactlyInAnyOrder(range(300, 321));
  }

  @Test
  void of_noTestPartition_carvesTheTestFromThePool() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {0, 0});
    SplitSizes sizes = SplitSizes.defaults(data.info());
    Splits splits = Splits.of(data, sizes, 1);

    assertThat(sizes).isEqualTo(new SplitSizes(70, 10, 10, 10));
    int[] all =
        Arrays.stream(Split.values())
            .flatMapToInt(split -> IntStream.of(splits.indices(split)))
            .toArray();
    assertThat(all).containsExactlyInAnyOrder(range(0, 100));
  }

  @Test
  void of_sameSeed_givesTheSameOrder_andAnotherSeedAnother() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {9, 9});
    SplitSizes sizes = SplitSizes.defaults(data.info());

    int[] first = Splits.of(data, sizes, 1).indices(Split.SELECTION);
    assertThat(Splits.of(data, sizes, 1).indices(Split.SELECTION)).containsExactly(first);
    assertThat(Splits.of(data, sizes, 2).indices(Split.SELECTION)).isNotEqualTo(first);
  }

  @Test
  void indices_everyBeginning_isStratified() {
    PackedDataset data = dataset(new int[] {300, 100, 200}, new int[] {3, 1, 2});
    int[] train = Splits.of(data, SplitSizes.defaults(data.info()), 1).indices(Split.TRAIN);

    int[] seen = new int[3];
    for (int i = 0; i < train.length; i++) {
      seen[data.label(train[i])]++;
      assertThat(seen[0]).isBetween((i + 1) / 2 - 2, (i + 1) / 2 + 2);
    }
  }

  @Test
  void indices_changedByTheCaller_staysTheSame() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {9, 9});
    Splits splits = Splits.of(data, SplitSizes.defaults(data.info()), 1);
    int[] before = splits.indices(Split.TRAIN);
    Arrays.fill(splits.indices(Split.TRAIN), -1);
    assertThat(splits.indices(Split.TRAIN)).containsExactly(before);
  }

  @Test
  void defaults_largePool_areBounded() {
    PackedDataset data = dataset(new int[] {30000, 30000}, new int[] {1, 1});
    assertThat(SplitSizes.defaults(data.info())).isEqualTo(new SplitSizes(50000, 5000, 5000, 0));
    assertThat(SplitSizes.holdingOut(data.info(), 100, 200))
        .isEqualTo(new SplitSizes(59700, 100, 200, 0));
  }

  @Test
  void of_moreThanThePool_isRefused() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {9, 9});
    assertRefused(data, new SplitSizes(50, 40, 11, 0), "confirmation 11", "100", "smaller");
  }

  @Test
  void of_emptySplit_isRefused() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {9, 9});
    assertRefused(data, new SplitSizes(50, 0, 10, 0), "selection", "no image");
    assertRefused(data, SplitSizes.holdingOut(data.info(), 50, 50), "train", "no image");
  }

  @Test
  void of_testSizeBesideATestPartition_isRefused() {
    PackedDataset data = dataset(new int[] {50, 50}, new int[] {9, 9});
    assertRefused(data, new SplitSizes(50, 10, 10, 10), "18 test images", "10");
  }

  @Test
  void of_splitWithoutAClass_isRefusedNamingIt() {
    PackedDataset data = dataset(new int[] {97, 3}, new int[] {9, 9});
    assertRefused(data, new SplitSizes(80, 10, 10, 0), "class-1", "12 in all", "larger");
  }

  private void assertRefused(PackedDataset data, SplitSizes sizes, String... words) {
    assertThatThrownBy(() -> Splits.of(data, sizes, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("data set 'test'")
        .hasMessageContainingAll(words);
  }

  private PackedDataset dataset(int[] pool, int[] test) {
    return TestImages.dataset(folder.resolve("test.esp-data"), SHAPE, pool, test);
  }

  private static int[] counts(PackedDataset data, Splits splits, Split split) {
    int[] counts = new int[data.info().classes().size()];
    for (int image : splits.indices(split)) {
      counts[data.label(image)]++;
    }
    return counts;
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }
}
