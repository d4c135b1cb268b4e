package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.search.evaluation.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardScoreTest {

  @Test
  void answers_ofBatches_countsTheLargestScoreAndTheFirstOfEqualOnes() {
    ScoreCount count = new ScoreCount(3);
    count.add(new float[] {0, 2, 1, 5, 5, 5, -3, -2, -1, 9, 9, 9}, new int[] {1, 0, 0, 0}, 3);
    count.add(new float[] {1, 7, 7}, new int[] {2}, 1);
    assertThat(count.answers().score()).isEqualTo(new ShardScore(2, 4, 0));
  }

  @ParameterizedTest
  @CsvSource({"NaN", "Infinity", "-Infinity"})
  void answers_withAScoreThatIsNoNumber_countsTheImageApart(float score) {
    ScoreCount count = new ScoreCount(2);
    count.add(new float[] {1, score, 1, 0}, new int[] {0, 0}, 2);
    assertThat(count.answers().score()).isEqualTo(new ShardScore(1, 2, 1));
    assertThat(count.answers().score().outcome()).isInstanceOf(Outcome.Failed.class);
  }

  @Test
  void outcome_ofNumbers_isTheScore() {
    ShardScore sum = new ShardScore(3, 10, 0).plus(new ShardScore(4, 5, 0));
    assertThat(sum.outcome()).isEqualTo(new Outcome.Scored(7, 15));
  }

  @ParameterizedTest
  @CsvSource({"0,0,0", "-1,2,0", "1,2,-1", "2,2,1"})
  void score_ofImpossibleCounts_isRefused(long correct, long images, long notFinite) {
    assertThatThrownBy(() -> new ShardScore(correct, images, notFinite))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("impossible");
  }
}
