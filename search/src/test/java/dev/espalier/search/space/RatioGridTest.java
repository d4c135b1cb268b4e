package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.SpaceSpec;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RatioGridTest {

  private static final RatioGrid EIGHTS = new RatioGrid(10, 3, 31, 8);

  @Test
  void width_metaPruning_isTheFloorOfTheRatio() {
    assertThat(widths(RatioGrid.METAPRUNING, 32, 1))
        .startsWith(3, 4, 5, 6, 7, 8)
        .endsWith(28, 29, 30, 31, 32)
        .hasSize(31);
    assertThat(RatioGrid.METAPRUNING.width(100, 13, 1)).isEqualTo(49);
  }

  @Test
  void width_tinyBase_isAtLeastOne() {
    assertThat(RatioGrid.METAPRUNING.width(3, 0, 1)).isEqualTo(1);
  }

  @Test
  void width_multipleOfEight_roundsToTheNearest() {
    assertThat(widths(EIGHTS, 32, 1)).containsOnly(8, 16, 24, 32);
    assertThat(EIGHTS.width(64, 11, 1)).as("27 of 64").isEqualTo(24);
    assertThat(EIGHTS.width(64, 12, 1)).as("29 of 64").isEqualTo(32);
  }

  @Test
  void width_baseBelowTheMultiple_isKept() {
    assertThat(widths(EIGHTS, 6, 1)).containsOnly(6);
  }

  @Test
  void width_groupedConvolution_divides() {
    assertThat(widths(RatioGrid.METAPRUNING, 12, 4)).containsOnly(4, 8, 12);
    assertThat(widths(EIGHTS, 48, 3)).containsOnly(24, 48);
  }

  @Property
  void width_anyBase_growsToTheBaseInMultiples(
      @ForAll @IntRange(min = 1, max = 200) int units,
      @ForAll @IntRange(min = 1, max = 6) int unit,
      @ForAll @IntRange(min = 1, max = 16) int multiple) {
    int base = units * unit;

    List<Integer> widths = widths(new RatioGrid(10, 3, 31, multiple), base, unit);

    assertThat(widths).isSorted().endsWith(base);
    assertThat(widths).allMatch(width -> width >= 1 && width % unit == 0);
    assertThat(widths).allMatch(width -> width == base || width % multiple == 0);
  }

  @Test
  void from_spec_takesItsRatios() {
    RatioGrid grid = RatioGrid.from(new SpaceSpec(20, 10, 8, List.of(), List.of(100)));

    assertThat(grid).isEqualTo(new RatioGrid(20, 10, 9, 8));
    assertThat(grid.percent(3)).isEqualTo(50);
  }

  @Test
  void new_gridThatMissesTheFullWidth_isRefused() {
    assertThatThrownBy(() -> new RatioGrid(10, 3, 30, 1))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("10% to 97%");
    assertThatThrownBy(() -> new RatioGrid(0, 10, 11, 1)).isInstanceOf(BadInputException.class);
  }

  @Test
  void new_multipleOfZero_isRefused() {
    assertThatThrownBy(() -> new RatioGrid(10, 3, 31, 0))
        .isInstanceOf(BadInputException.class)
        .hasMessage("space.multiple: found 0, expected at least 1");
  }

  private static List<Integer> widths(RatioGrid grid, int base, int unit) {
    return IntStream.range(0, grid.count()).mapToObj(i -> grid.width(base, i, unit)).toList();
  }
}
