package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.script.Kernels;
import dev.espalier.search.random.RandomStreams;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProtocolTunerTest {

  @Test
  void sizes_ofImagesWithDivisorsNearby_areDivisors() {
    assertThat(ProtocolTuner.sizes(new int[] {50, 32, 64, 100, 128}, 500))
        .containsExactly(50, 25, 100, 125);
  }

  @Test
  void sizes_ofAPrimeNumberOfImages_areTheWantedOnesOrAllAtOnce() {
    assertThat(ProtocolTuner.sizes(new int[] {16, 64}, 997)).containsExactly(16, 64);
    assertThat(ProtocolTuner.sizes(new int[] {16, 64}, 23)).containsExactly(23);
  }

  @Test
  void tune_ofASmallNetwork_choosesAmongItsSizesForThisEngine() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(1))) {
      EvaluationProtocol chosen =
          ProtocolTuner.tune(net, net.space().widest(), 500, 100, Duration.ofSeconds(2));
      assertThat(chosen.recalibrationImages()).isEqualTo(500);
      assertThat(chosen.shard()).isEqualTo(100);
      assertThat(chosen.recalibrationBatch()).isIn(25, 50, 100, 125);
      assertThat(chosen.scoringBatch()).isIn(10, 20, 25, 50, 100);
      assertThat(chosen.kernels()).isEqualTo(Kernels.best());
      assertThat(EvaluationProtocol.parse(chosen.text())).isEqualTo(chosen);
    }
  }

  @Test
  void tune_withoutTime_choosesTheFirstSizes() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(1))) {
      EvaluationProtocol chosen =
          ProtocolTuner.tune(net, net.space().widest(), 500, 100, Duration.ZERO);
      assertThat(chosen.recalibrationBatch()).isEqualTo(50);
      assertThat(chosen.scoringBatch()).isEqualTo(25);
    }
  }
}
