package dev.espalier.pruningnet.scoring.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.TinyProblem;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {

  @TempDir Path folder;
  private PackedDataset data;
  private Splits splits;

  @BeforeEach
  void makeImages() {
    data = TinyProblem.images(folder);
    splits = TinyProblem.splits(data);
  }

  @Test
  void run_ofAnyStructure_learnsWhatItsGeneratedWeightsDoNotKnow() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(6))) {
      Structure structure = net.space().uniform(1);
      double before = accuracy(measured(net, structure));
      FineTuned after = tune(net, structure, 6);
      assertThat(after.structure()).isEqualTo(structure);
      assertThat(accuracy(after.selection())).isGreaterThan(before + 0.3);
      assertThat(accuracy(after.confirmation())).isGreaterThan(before + 0.3);
      assertThat(accuracy(after.test())).isGreaterThan(before + 0.3);
      assertThat(after.test().images()).isEqualTo(TinyProblem.HELD_OUT);
    }
  }

  @Test
  void run_twice_givesTheSameScoresAndLeavesThePruningNetAsItWas() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(6))) {
      Structure structure = net.space().uniform(0);
      ShardScore before = measured(net, structure);
      FineTuned first = tune(net, structure, 2);
      assertThat(tune(net, structure, 2)).isEqualTo(first);
      assertThat(measured(net, structure)).isEqualTo(before);
    }
  }

  private FineTuned tune(PruningNet net, Structure structure, int epochs) {
    return new FineTuning(net, data, splits, TinyProblem.settings(epochs), TinyProblem.protocol())
        .run(structure, 1, TrainingListener.SILENT);
  }

  private ShardScore measured(PruningNet net, Structure structure) {
    try (StructureScorer scorer = StructureScorer.of(net, data, splits, TinyProblem.protocol());
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, () -> {});
    }
  }

  private static double accuracy(ShardScore score) {
    return (double) score.correct() / score.images();
  }
}
