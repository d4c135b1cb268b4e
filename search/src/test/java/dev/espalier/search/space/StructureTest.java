package dev.espalier.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class StructureTest {

  @Test
  void digest_knownStructure_isTheSha256OfItsText() {
    Structure structure = Structure.of(30, 12, 5);

    assertThat(structure).hasToString("30-12-5");
    assertThat(structure.digest())
        .isEqualTo("62717405fee4020f39bc69ee6e8c913791e4fa8bd6114ae1f5bb8ad9ab9f34fe");
    assertThat(structure.id()).isEqualTo(structure.digest().substring(0, 8));
  }

  @Property
  void parse_text_givesTheStructureBack(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 30) Integer> genes) {
    Structure structure = Structure.of(genes.stream().mapToInt(Integer::intValue).toArray());

    assertThat(Structure.parse(structure.toString())).isEqualTo(structure);
    assertThat(Structure.of(structure.toArray())).hasSameHashCodeAs(structure);
  }

  @Test
  void parse_notANumber_namesTheGene() {
    assertThatThrownBy(() -> Structure.parse("3-x-5"))
        .hasMessageContaining("gene 1 is 'x'")
        .hasMessageContaining("30-12-5");
  }

  @Property(tries = 2000)
  void parse_anyText_isAStructureOrIllegalArgument(@ForAll("texts") String text) {
    Throwable refusal = catchThrowable(() -> Structure.parse(text));

    if (refusal == null) {
      Structure structure = Structure.parse(text);
      assertThat(Structure.parse(structure.toString())).isEqualTo(structure);
    } else {
      assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(text);
    }
  }

  @Provide
  Arbitrary<String> texts() {
    Arbitrary<String> close = Arbitraries.strings().withChars("0123456789-+. x").ofMaxLength(40);
    return Arbitraries.oneOf(close, Arbitraries.strings().ofMaxLength(40));
  }

  @Test
  void of_negativeGene_isRefused() {
    assertThatThrownBy(() -> Structure.of(1, -1)).hasMessageContaining("-1");
  }

  @Test
  void of_array_isCopied() {
    int[] genes = {1, 2};
    Structure structure = Structure.of(genes);
    genes[0] = 9;
    structure.toArray()[1] = 9;

    assertThat(structure).isEqualTo(Structure.of(1, 2));
  }

  @Test
  void compareTo_genes_ordersByTheFirstThatDiffers() {
    assertThat(Structure.of(2, 9)).isLessThan(Structure.of(10, 0));
  }
}
