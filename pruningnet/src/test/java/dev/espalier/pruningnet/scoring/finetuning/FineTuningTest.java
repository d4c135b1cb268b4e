package dev.espalier.pruningnet.scoring.finetuning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.model.NetworkFile;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.onnx.Agreement;
import dev.espalier.pruningnet.onnx.OnnxFile;
import dev.espalier.pruningnet.onnx.OnnxNetwork;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.pruningnet.scoring.TinyProblem;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.TrainingListener;
import dev.espalier.pruningnet.training.step.Teaching;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FineTuningTest {

  @TempDir Path folder;
  private PackedDataset data;
  private Splits splits;
  private int runs;

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
      assertThat(accuracy(after.selection().score())).isGreaterThan(before + 0.3);
      assertThat(accuracy(after.confirmation().score())).isGreaterThan(before + 0.3);
      assertThat(accuracy(after.test().score())).isGreaterThan(before + 0.3);
      assertThat(after.test().score().images()).isEqualTo(TinyProblem.HELD_OUT);
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

  @Test
  void run_stoppedAndRunAgain_endsAsIfUnbroken() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(6))) {
      Structure structure = net.space().uniform(1);
      FineTuned unbroken = tune(net, structure, 2);
      Checkpoints broken = new Checkpoints(folder.resolve("broken"), 1000);
      AtomicInteger asked = new AtomicInteger();

      assertThat(run(net, structure, 2, broken, () -> asked.incrementAndGet() > 3)).isEmpty();

      List<Long> resumedAt = new ArrayList<>();
      TrainingListener listener = new Resumed(resumedAt);
      assertThat(tuning(net, 2).run(structure, 1, listener, broken, () -> false))
          .contains(unbroken);
      assertThat(resumedAt).containsExactly(3L);
    }
  }

  @Test
  void run_toItsEnd_leavesTheNetworkThatWasMeasured() {
    try (PruningNet net = PruningNet.untrained(TinyProblem.space(), 8, new RandomStreams(6))) {
      Structure structure = net.space().uniform(1);
      Checkpoints kept = new Checkpoints(folder.resolve("kept"), 1000);
      FineTuned tuned = run(net, structure, 2, kept, () -> false).orElseThrow();

      try (TrainedNetwork network = NetworkFile.read(FineTuning.result(kept))) {
        assertThat(network.network()).isEqualTo(net.space().apply(structure));
        Agreement agreement = agreement(network, splits.indices(Split.TEST));
        assertThat(agreement.correct()).isEqualTo(tuned.test().score().correct());
        assertThat(agreement.holds()).as(agreement.toString()).isTrue();
        assertThat(network.provenance()).containsEntry("structure", structure.toString());
      }
    }
  }

  private Agreement agreement(TrainedNetwork network, int[] indices) {
    Path file = folder.resolve("some.onnx");
    OnnxFile.write(file, network, Map.of());
    try (OnnxNetwork exported = OnnxNetwork.open(file, 1)) {
      return Agreement.of(network, exported::scores, data, indices);
    }
  }

  private record Resumed(List<Long> at) implements TrainingListener {

    @Override
    public void resumed(Path file, long step) {
      at.add(step);
    }
  }

  private FineTuned tune(PruningNet net, Structure structure, int epochs) {
    Checkpoints unused = new Checkpoints(folder.resolve("run" + runs++), 1000);
    return run(net, structure, epochs, unused, () -> false).orElseThrow();
  }

  private Optional<FineTuned> run(
      PruningNet net,
      Structure structure,
      int epochs,
      Checkpoints checkpoints,
      BooleanSupplier stop) {
    return tuning(net, epochs).run(structure, 1, TrainingListener.SILENT, checkpoints, stop);
  }

  private FineTuning tuning(PruningNet net, int epochs) {
    return new FineTuning(
        net, data, splits, TinyProblem.settings(epochs), TinyProblem.protocol(), Teaching.LABELS);
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
