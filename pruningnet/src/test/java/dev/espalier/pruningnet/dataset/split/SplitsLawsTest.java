package dev.espalier.pruningnet.dataset.split;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.TestImages;
import dev.espalier.search.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class SplitsLawsTest {

  /** A part of the pool for each of train, selection, confirmation, test; and what stays unused. */
  record Division(List<Integer> classes, List<Integer> parts) {}

  @Property(tries = 100)
  void of_anyDivision_isDisjointCompleteAndStratifiedWithinOneImage(
      @ForAll("divisions") Division division, @ForAll long seed) throws IOException {
    Path file = Files.createTempFile("laws", ".esp-data");
    try {
      int[] classes = division.classes().stream().mapToInt(Integer::intValue).toArray();
      List<Integer> parts = division.parts();
      PackedDataset data =
          TestImages.dataset(file, new Shape(1, 1, 1), classes, new int[classes.length]);
      Splits splits =
          Splits.of(
              data, new SplitSizes(parts.get(0), parts.get(1), parts.get(2), parts.get(3)), seed);

      int total = IntStream.of(classes).sum();
      int[] uses = new int[total];
      for (Split split : Split.values()) {
        int[] found = new int[classes.length];
        for (int image : splits.indices(split)) {
          uses[image]++;
          found[data.label(image)]++;
        }
        int size = splits.sizes().of(split);
        assertThat(splits.size(split)).isEqualTo(size);
        for (int k = 0; k < classes.length; k++) {
          double share = (double) size * classes[k] / total;
          assertThat(Math.abs(found[k] - share)).isLessThan(1);
        }
      }
      assertThat(uses).containsOnly(parts.get(4) == 0 ? new int[] {1} : new int[] {0, 1});
      assertThat(IntStream.of(uses).sum()).isEqualTo(total - parts.get(4));
    } finally {
      Files.delete(file);
    }
  }

  @Property(tries = 500)
  void apportionment_ofAnyTable_roundsEveryCellAndKeepsEverySum(
      @ForAll("rows") int[] rows, @ForAll("percentages") int[] cuts) {
    int[] columns = columns(IntStream.of(rows).sum(), cuts);
    int total = IntStream.of(columns).sum();
    int[][] counts = Apportionment.of(rows, columns);

    for (int row = 0; row < rows.length; row++) {
      assertThat(IntStream.of(counts[row]).sum()).isEqualTo(rows[row]);
      for (int column = 0; column < columns.length; column++) {
        double share = (double) rows[row] * columns[column] / total;
        assertThat(counts[row][column]).isBetween((int) Math.floor(share), (int) Math.ceil(share));
      }
    }
    for (int c = 0; c < columns.length; c++) {
      int column = c;
      assertThat(IntStream.range(0, rows.length).map(r -> counts[r][column]).sum())
          .isEqualTo(columns[column]);
    }
  }

  @Provide
  Arbitrary<int[]> rows() {
    return Arbitraries.integers()
        .between(0, 50)
        .array(int[].class)
        .ofMinSize(1)
        .ofMaxSize(12)
        .filter(rows -> IntStream.of(rows).sum() > 0);
  }

  @Provide
  Arbitrary<int[]> percentages() {
    return Arbitraries.integers().between(0, 100).array(int[].class).ofSize(4);
  }

  /** Classes of at least 40 images and held-out parts that give each class one image or more. */
  @Provide
  Arbitrary<Division> divisions() {
    Arbitrary<int[]> classes =
        Arbitraries.integers().between(40, 120).array(int[].class).ofMinSize(2).ofMaxSize(8);
    Arbitrary<int[]> shares = Arbitraries.integers().between(26, 100).array(int[].class).ofSize(4);
    return Combinators.combine(classes, shares, Arbitraries.of(true, false))
        .as(
            (sizes, cuts, whole) -> {
              int total = IntStream.of(sizes).sum();
              int[] parts = new int[5];
              int left = total;
              for (int part = 0; part < 4; part++) {
                parts[part] = total * cuts[part] / 400;
                left -= parts[part];
              }
              parts[whole ? 0 : 4] += left;
              return new Division(list(sizes), list(parts));
            });
  }

  private static List<Integer> list(int[] values) {
    return IntStream.of(values).boxed().toList();
  }

  private static int[] columns(int total, int[] cuts) {
    int[] columns = new int[cuts.length + 1];
    int left = total;
    for (int i = 0; i < cuts.length; i++) {
      columns[i] = left * cuts[i] / 100;
      left -= columns[i];
    }
    columns[cuts.length] = left;
    return columns;
  }
}
