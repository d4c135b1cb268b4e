package dev.espalier.search.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GenotypeTest {

  private static final String CELL = "skip_connect(0) sep_conv_3x3(1)";

  @Property(tries = 200)
  void parse_whatWasPrinted_isTheGenotype(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 6) int nodes) {
    Genotype genotype =
        new CellSpace(nodes, List.of(Operation.values()))
            .random(new RandomStreams(seed).stream("genotype", 0));

    assertThat(Genotype.parse(genotype.toString())).isEqualTo(genotype);
  }

  @Test
  void parse_edgesInAnotherOrder_isTheSameGenotype() {
    Genotype genotype =
        Genotype.parse(" normal:  sep_conv_3x3(1)  skip_connect(0) ;reduction:" + CELL);

    assertThat(genotype).hasToString("normal: %s; reduction: %s".formatted(CELL, CELL));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "cells | 'cells' is not understood, expected 'normal: ...; reduction: ...'",
        "normal: CELL; reduction: skip_connect 1 | edge 'skip_connect' is not understood",
        "normal: CELL; reduction: skp_connect(0) sep_conv_3x3(1) | Maybe 'skip_connect' is meant?",
        "normal: none(0) sep_conv_3x3(1); reduction: CELL | genotype, normal cell: operation 'none'",
        "normal: CELL; reduction: skip_connect(0) | reduction cell: node 0 has 1 edges, expected 2",
        "normal: CELL, CELL,; reduction: CELL | genotype, normal cell: edge '' is not understood",
        "normal: CELL; reduction: skip_connect(1) skip_connect(1) | node 0 reads state 1 twice",
        "normal: CELL; reduction: CELL, skip_connect(0) sep_conv_3x3(3)"
            + "| node 1 reads state 3 in sep_conv_3x3(3), expected 0 to 2",
      })
  void parse_somethingElse_saysWhatIsWrong(String text, String problem) {
    assertThatThrownBy(() -> Genotype.parse(text.replace("CELL", CELL)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining(problem);
  }

  @Test
  void count_ofAnOperation_countsItsEdges() {
    Cell cell =
        Genotype.parse("normal: CELL, CELL; reduction: CELL".replace("CELL", CELL)).normal();

    assertThat(cell.count(Operation.SKIP)).isEqualTo(2);
    assertThat(cell.count(Operation.DILATED_3X3)).isZero();
  }
}
