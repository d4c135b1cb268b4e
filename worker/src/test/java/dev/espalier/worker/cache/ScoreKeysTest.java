package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.space.Structure;
import dev.espalier.worker.request.ScoreInputs;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScoreKeysTest {

  private static final ScoreInputs INPUTS =
      new ScoreInputs("network", "weights", "dataset", "protocol", "1");
  private static final Structure STRUCTURE = Structure.of(3, 1, 2);

  @Test
  void shard_anyField_isTheDigestOfTheFieldsWithTheirLengths() throws Exception {
    MessageDigest sha = MessageDigest.getInstance("SHA-256");
    for (String field :
        List.of(
            STRUCTURE.digest(),
            "network",
            "weights",
            "dataset",
            "protocol",
            "1",
            "shard",
            "selection",
            "4")) {
      sha.update(ByteBuffer.allocate(4).putInt(field.length()).array());
      sha.update(field.getBytes(StandardCharsets.US_ASCII));
    }

    assertThat(new ScoreKeys(INPUTS).shard(STRUCTURE, "selection", 4))
        .isEqualTo(HexFormat.of().formatHex(sha.digest()));
  }

  @Test
  void keys_oneFieldChanged_areAllDifferent() {
    Set<String> keys = new HashSet<>();
    ScoreKeys same = new ScoreKeys(INPUTS);
    keys.add(same.statistics(STRUCTURE));
    keys.add(same.statistics(Structure.of(3, 12)));
    keys.add(same.shard(STRUCTURE, "selection", 0));
    keys.add(same.shard(STRUCTURE, "selection", 1));
    keys.add(same.shard(STRUCTURE, "confirmation", 0));
    for (ScoreInputs other :
        List.of(
            new ScoreInputs("x", "weights", "dataset", "protocol", "1"),
            new ScoreInputs("network", "x", "dataset", "protocol", "1"),
            new ScoreInputs("network", "weights", "x", "protocol", "1"),
            new ScoreInputs("network", "weights", "dataset", "x", "1"),
            new ScoreInputs("network", "weights", "dataset", "protocol", "2"))) {
      keys.add(new ScoreKeys(other).statistics(STRUCTURE));
    }

    assertThat(keys).hasSize(10);
  }

  @Test
  void keys_fieldBoundaryMoved_areDifferent() {
    ScoreInputs left = new ScoreInputs("ab", "c", "dataset", "protocol", "1");
    ScoreInputs right = new ScoreInputs("a", "bc", "dataset", "protocol", "1");

    assertThat(new ScoreKeys(left).statistics(STRUCTURE))
        .isNotEqualTo(new ScoreKeys(right).statistics(STRUCTURE));
  }
}
