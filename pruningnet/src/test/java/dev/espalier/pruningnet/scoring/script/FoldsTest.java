package dev.espalier.pruningnet.scoring.script;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldsTest {

  @Property
  void fold_ofAnyMatrix_dividesItsRows(
      @ForAll @IntRange(min = 1, max = 3000) int channels,
      @ForAll @IntRange(min = 1, max = 100_000) int rows) {
    assertThat(rows % Folds.of(channels, rows)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"11,16384,64", "16,16384,32", "960,1024,1", "135,4096,16", "11,50,2", "11,49,1"})
  void fold_ofAMatrix_makesLongWholeRowsAsFarAsItCan(int channels, int rows, int fold) {
    assertThat(Folds.of(channels, rows)).isEqualTo(fold);
  }
}
