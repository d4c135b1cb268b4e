package dev.espalier.pruningnet.training.trainee;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.ColouredImages;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.search.job.PruningNetSpec;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PruningNetTraineeTest {

  private static final RandomStreams STREAMS = new RandomStreams(3);

  @TempDir private Path folder;
  private final SearchSpace space = SearchSpace.of(TinyNetworks.residual(), RatioGrid.METAPRUNING);
  private final PruningNet net = PruningNet.untrained(space, 2, new RandomStreams(1));

  @AfterEach
  void close() {
    net.close();
  }

  @Test
  void structures_withoutTheSandwichRule_areOneRandomOnePerStep() {
    PruningNetTrainee trainee = new PruningNetTrainee(net, 0, 0, STREAMS);
    Set<Structure> seen = new HashSet<>();
    for (int step = 0; step < 50; step++) {
      List<Structure> structures = trainee.structures(step);
      assertThat(structures).hasSize(1).isEqualTo(trainee.structures(step));
      seen.addAll(structures);
    }
    assertThat(seen).hasSize(50);
  }

  @Test
  void structures_everySoManySteps_areWidestAndNarrowest() {
    PruningNetTrainee trainee = new PruningNetTrainee(net, 3, 0.5, STREAMS);
    for (int step = 0; step < 9; step++) {
      List<Structure> structures = trainee.structures(step);
      if (step % 3 == 0) {
        assertThat(structures).containsExactly(space.widest(), space.narrowest());
      } else {
        assertThat(structures).hasSize(1);
      }
    }
  }

  @Test
  void structures_ofTwoWorkers_differButForTheSandwichRule() {
    PruningNetSpec spec =
        new PruningNetSpec(
            2,
            1,
            16,
            0.1,
            PruningNetSpec.Schedule.LINEAR,
            0,
            4,
            0,
            1,
            new PruningNetSpec.Training(2, 8));
    PruningNetTraining training =
        new PruningNetTraining(space, spec, ColouredImages.of(folder, 32));
    PruningNetTrainee one = (PruningNetTrainee) training.trainee(net, 0);
    PruningNetTrainee two = (PruningNetTrainee) training.trainee(net, 1);
    for (int step = 0; step < 12; step++) {
      assertThat(one.structures(step).equals(two.structures(step))).isEqualTo(step % 4 == 0);
    }
  }

  @Test
  void trainee_withDistillationButNoTeacher_isRefused() {
    assertThatThrownBy(() -> new PruningNetTrainee(net, 0, 0.5, STREAMS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("distillation is 0.5")
        .hasMessageContaining("0 without sandwich");
  }
}
