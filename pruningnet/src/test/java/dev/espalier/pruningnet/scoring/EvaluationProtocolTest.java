package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.scoring.script.Kernels;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.job.BadInputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvaluationProtocolTest {

  private static final String TEXT =
      "evaluator=1 recalibration-images=500 recalibration-batch=50 scoring-batch=25 shard=500"
          + " format=channels-last kernels=fused engine=pytorch-2.7.1";

  private static final EvaluationProtocol PROTOCOL =
      new EvaluationProtocol(
          500, 50, 25, 500, MemoryFormat.CHANNELS_LAST, Kernels.FUSED, "pytorch-2.7.1");

  @Test
  void text_ofAProtocol_isStableAndReadsBack() {
    assertThat(PROTOCOL.text()).isEqualTo(TEXT);
    assertThat(EvaluationProtocol.parse(TEXT)).isEqualTo(PROTOCOL);
    assertThat(PROTOCOL.digest())
        .isEqualTo("8872ffaf290bc67e7aee213da116ea9f46cf93557898b705dc1962e1b18eab23");
  }

  @ParameterizedTest
  @CsvSource({
    "recalibration-images=500,recalibration-images=501",
    "recalibration-batch=50,recalibration-batch=51",
    "scoring-batch=25,scoring-batch=26",
    "shard=500,shard=501",
    "channels-last,channels-first",
    "fused,separate",
    "2.7.1,2.8.0"
  })
  void digest_ofAnotherProtocol_isAnother(String before, String after) {
    EvaluationProtocol other = EvaluationProtocol.parse(TEXT.replace(before, after));
    assertThat(other).isNotEqualTo(PROTOCOL);
    assertThat(other.digest()).isNotEqualTo(PROTOCOL.digest());
  }

  @ParameterizedTest
  @CsvSource({
    "evaluator=1,evaluator=2,'evaluator version 2, expected 1'",
    "shard=500,shards=500,'found ''shards=500'', expected ''shard=...'''",
    "shard=500,shard=0,'shard is 0, expected at least 1'",
    "shard=500,shard=many,many",
    "format=channels-last,format=diagonal,DIAGONAL",
    "' kernels=fused','','found 7 settings'"
  })
  void parse_ofAnotherText_isRefused(String before, String after, String message) {
    assertThatThrownBy(() -> EvaluationProtocol.parse(TEXT.replace(before, after)))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("evaluation protocol '")
        .hasMessageContaining(message);
  }

  @Test
  void protocol_ofAnotherEngine_isRefusedHere() {
    EvaluationProtocol other = EvaluationProtocol.parse(TEXT.replace("2.7.1", "1.0.0"));
    assertThatThrownBy(other::requireHere)
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("recorded with pytorch-1.0.0, this is pytorch-" + Torch.version());
  }

  @ParameterizedTest
  @CsvSource({"1,1", "499,1", "500,1", "501,2", "5000,10"})
  void shards_ofImages_countTheLastSmallerOne(int images, int shards) {
    assertThat(PROTOCOL.shards(images)).isEqualTo(shards);
  }
}
