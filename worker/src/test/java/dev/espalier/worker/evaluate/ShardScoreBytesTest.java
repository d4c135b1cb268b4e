package dev.espalier.worker.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.scoring.ShardScore;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

final class ShardScoreBytesTest {

  @Test
  void parse_bytesOfAScore_isTheSameScore() {
    ShardScore score = new ShardScore(123, 500, 7);

    assertThat(ShardScoreBytes.parse(ShardScoreBytes.of(score))).hasValue(score);
  }

  @Test
  void parse_bytesThatAreNoScore_isEmpty() {
    assertThat(ShardScoreBytes.parse(new byte[23])).isEmpty();
    assertThat(ShardScoreBytes.parse(new byte[25])).isEmpty();
    assertThat(ShardScoreBytes.parse(new byte[24])).isEmpty();
    assertThat(ShardScoreBytes.parse(bytes(2, 1, 0))).isEmpty();
    assertThat(ShardScoreBytes.parse(bytes(-1, 1, 0))).isEmpty();
    assertThat(ShardScoreBytes.parse(bytes(1, 2, 2))).isEmpty();
  }

  private static byte[] bytes(long correct, long images, long notFinite) {
    return ByteBuffer.allocate(24).putLong(correct).putLong(images).putLong(notFinite).array();
  }
}
