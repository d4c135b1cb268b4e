package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.report.Difference.Pairs;
import java.util.BitSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswersTest {

  @Test
  void against_another_countsEachImageOnce() {
    assertThat(answers(10, 0, 1, 2, 3).against(answers(10, 2, 3, 4)))
        .isEqualTo(new Pairs(2, 2, 1, 5));
  }

  @Test
  void against_answersAboutOtherImages_isRefused() {
    Answers ten = answers(10, 0);
    Answers nine = answers(9, 0);
    assertThatThrownBy(() -> ten.against(nine)).hasMessageContaining("10 and 9");
  }

  @Test
  void parse_ofText_isEqual() {
    Answers answers = new Answers(bits(0, 7, 8, 99), 100, 3);

    Answers read = Answers.parse(answers.text());

    assertThat(read).isEqualTo(answers).hasSameHashCodeAs(answers);
    assertThat(read.score()).isEqualTo(new ShardScore(4, 100, 3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3 0", "2 0 BA==", "x 0 BA==", "3 0 ?"})
  void parse_ofSomethingElse_isRefused(String text) {
    assertThatThrownBy(() -> Answers.parse(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Answers answers(int images, int... correct) {
    return new Answers(bits(correct), images, 0);
  }

  private static BitSet bits(int... set) {
    BitSet bits = new BitSet();
    IntStream.of(set).forEach(bits::set);
    return bits;
  }
}
