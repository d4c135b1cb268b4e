package dev.espalier.worker.scorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ShardScoreTest {

  @Test
  void from_itsBytes_isTheSameScore() {
    ShardScore score = new ShardScore(123, 500);

    assertThat(ShardScore.from(score.toBytes())).hasValue(score);
  }

  @Test
  void from_bytesThatAreNoScore_isEmpty() {
    assertThat(ShardScore.from(new byte[15])).isEmpty();
    assertThat(ShardScore.from(new byte[17])).isEmpty();
    assertThat(ShardScore.from(ByteBuffer.allocate(16).putLong(2).putLong(1).array())).isEmpty();
    assertThat(ShardScore.from(ByteBuffer.allocate(16).putLong(-1).putLong(1).array())).isEmpty();
    assertThat(ShardScore.from(new byte[16])).isEmpty();
  }

  @Test
  void new_impossibleCounts_isRefused() {
    assertThatThrownBy(() -> new ShardScore(3, 2)).hasMessageContaining("3 correct of 2 images");
  }
}
