package dev.espalier.pruningnet.scoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.tensor.PixelScaling;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureScorerTest {

  private static final Runnable NOTHING = () -> {};
  private static final int FIRST_CONV = 1;

  @TempDir static Path folder;
  private static PackedDataset data;
  private static Splits splits;
  private static PruningNet net;

  @BeforeAll
  static void train() {
    data = TinyProblem.images(folder);
    splits = TinyProblem.splits(data);
    net = TinyProblem.trained(data, splits);
  }

  @AfterAll
  static void close() {
    net.close();
  }

  @Test
  void score_afterRecalibration_isFarBetterThanWithFreshStatistics() {
    try (StructureScorer scorer = scorer(TinyProblem.protocol())) {
      for (Structure structure : List.of(net.space().widest(), net.space().uniform(1))) {
        try (NetworkEvaluation evaluation = scorer.prepare(structure)) {
          double repaired = accuracy(evaluation, evaluation.recalibrate(NOTHING));
          double fresh = accuracy(evaluation, fresh(net.space().apply(structure)));
          assertThat(repaired).isGreaterThan(0.75);
          assertThat(fresh).isLessThan(repaired - 0.3);
        }
      }
    }
  }

  @Test
  void score_inShards_addsUpToTheLayerByLayerCountOfTheWholeSplit() {
    Structure structure = net.space().uniform(0);
    try (StructureScorer scorer = scorer(TinyProblem.protocol());
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      Statistics statistics = evaluation.recalibrate(NOTHING);
      assertThat(scorer.shards(Split.SELECTION)).isEqualTo(4);
      List<ShardScore> shards = new ArrayList<>();
      for (int shard = 0; shard < 4; shard++) {
        shards.add(evaluation.score(statistics, Split.SELECTION, shard, NOTHING));
      }
      assertThat(shards).extracting(ShardScore::images).containsExactly(60L, 60L, 60L, 10L);
      ShardScore whole = evaluation.score(statistics, Split.SELECTION, NOTHING);
      assertThat(shards.stream().reduce(ShardScore::plus)).contains(whole);
      assertThat(whole.correct()).isEqualTo(correctLayerByLayer(structure, statistics));
      assertThat(whole.notFinite()).isZero();
    }
  }

  @Test
  void score_ofTheWholeSplit_doesNotDependOnTheShardSize() {
    Structure structure = net.space().widest();
    List<ShardScore> scores = new ArrayList<>();
    for (int shard : new int[] {7, 60, 1000}) {
      EvaluationProtocol protocol =
          EvaluationProtocol.here(150, 32, 16, shard, MemoryFormat.CHANNELS_LAST);
      try (StructureScorer scorer = scorer(protocol);
          NetworkEvaluation evaluation = scorer.prepare(structure)) {
        Statistics statistics = evaluation.recalibrate(NOTHING);
        scores.add(evaluation.score(statistics, Split.CONFIRMATION, NOTHING));
      }
    }
    assertThat(scores).allMatch(score -> score.equals(scores.get(0)));
    assertThat(scores.get(0).images()).isEqualTo(TinyProblem.HELD_OUT);
  }

  @Test
  void scorers_onTwoThreadsAtOnce_giveTheBitsOfOne() throws Exception {
    List<Structure> structures = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      structures.add(net.space().random(new RandomStreams(8).stream("structure", i)));
    }
    List<byte[]> alone = measureAll(structures);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<List<byte[]>> work = () -> measureAll(structures);
      for (Future<List<byte[]>> result : threads.invokeAll(List.of(work, work))) {
        List<byte[]> together = result.get();
        for (int i = 0; i < alone.size(); i++) {
          assertThat(together.get(i)).isEqualTo(alone.get(i));
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void score_ofWeightsThatAreNoNumbers_isAFailureNotAnException() {
    Structure structure = net.space().widest();
    Network network = net.space().network();
    try (NetworkScorer scorer = NetworkScorer.of(network, data, splits, TinyProblem.protocol());
        NDManager scope = Torch.scope()) {
      Map<Integer, LayerWeights> layers = new HashMap<>(net.weights(structure, scope).layers());
      layers.computeIfPresent(
          FIRST_CONV, (node, conv) -> new LayerWeights(conv.weight().mul(Float.NaN), null));
      try (NetworkEvaluation evaluation = scorer.evaluation(network, new Weights(layers))) {
        Statistics statistics = evaluation.recalibrate(NOTHING);
        ShardScore score = evaluation.score(statistics, Split.SELECTION, 0, NOTHING);
        assertThat(score).isEqualTo(new ShardScore(0, 60, 60));
        assertThat(score.outcome())
            .isEqualTo(
                new Outcome.Failed(
                    Outcome.Failed.Kind.NOT_FINITE,
                    "60 of 60 images have scores that are not numbers"));
      }
    }
  }

  @Test
  void work_betweenBatches_mayBeBrokenOff() {
    try (StructureScorer scorer = scorer(TinyProblem.protocol());
        NetworkEvaluation evaluation = scorer.prepare(net.space().widest())) {
      int[] batches = {0};
      Runnable stopAtThird =
          () -> {
            if (++batches[0] == 3) {
              throw new IllegalStateException("time is up");
            }
          };
      assertThatThrownBy(() -> evaluation.recalibrate(stopAtThird)).hasMessage("time is up");
      Statistics statistics = evaluation.recalibrate(NOTHING);
      batches[0] = 0;
      assertThatThrownBy(() -> evaluation.score(statistics, Split.TEST, stopAtThird))
          .hasMessage("time is up");
      assertThat(evaluation.score(statistics, Split.TEST, NOTHING).images())
          .isEqualTo(TinyProblem.HELD_OUT);
    }
  }

  @Test
  void scorer_leavesTheThreadAsItWas() {
    Torch.threads(2);
    try (StructureScorer scorer = scorer(TinyProblem.protocol());
        NetworkEvaluation evaluation = scorer.prepare(net.space().widest())) {
      evaluation.score(evaluation.recalibrate(() -> assertOneThread()), Split.TEST, NOTHING);
      assertThat(Torch.threads()).isEqualTo(2);
    }
  }

  @Test
  void scorer_withMoreRecalibrationThanTrainingImages_isRefused() {
    EvaluationProtocol protocol =
        EvaluationProtocol.here(10_000, 50, 50, 50, MemoryFormat.CHANNELS_LAST);
    assertThatThrownBy(() -> scorer(protocol))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("10000 recalibration images")
        .hasMessageContaining("'colours' has 640");
  }

  @Test
  void score_withStatisticsOfAnotherStructure_isRefused() {
    Statistics other = recalibrated(net.space().widest(), TinyProblem.protocol());
    try (StructureScorer scorer = scorer(TinyProblem.protocol());
        NetworkEvaluation evaluation = scorer.prepare(net.space().uniform(0))) {
      assertThatThrownBy(() -> evaluation.score(other, Split.TEST, 0, NOTHING))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("stem.bn");
    }
  }

  private static void assertOneThread() {
    assertThat(Torch.threads()).isEqualTo(1);
  }

  private static StructureScorer scorer(EvaluationProtocol protocol) {
    return StructureScorer.of(net, data, splits, protocol);
  }

  private static double accuracy(NetworkEvaluation evaluation, Statistics statistics) {
    ShardScore score = evaluation.score(statistics, Split.SELECTION, NOTHING);
    return (double) score.correct() / score.images();
  }

  private static Statistics fresh(Network network) {
    Map<Integer, Moments> layers = new HashMap<>();
    for (Node node : network.nodes()) {
      if (node.layer() instanceof Layer.BatchNorm) {
        float[] ones = new float[node.output().channels()];
        Arrays.fill(ones, 1);
        layers.put(node.index(), new Moments(new float[ones.length], ones));
      }
    }
    return new Statistics(layers);
  }

  private static Statistics recalibrated(Structure structure, EvaluationProtocol protocol) {
    try (StructureScorer scorer = scorer(protocol);
        NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.recalibrate(NOTHING);
    }
  }

  /** Statistics and score of each structure, as bytes. */
  private static List<byte[]> measureAll(List<Structure> structures) {
    List<byte[]> all = new ArrayList<>();
    try (StructureScorer scorer = scorer(TinyProblem.protocol())) {
      for (Structure structure : structures) {
        try (NetworkEvaluation evaluation = scorer.prepare(structure)) {
          Statistics statistics = evaluation.recalibrate(NOTHING);
          all.add(StatisticsBytes.of(statistics));
          all.add(evaluation.score(statistics, Split.TEST, NOTHING).toString().getBytes());
        }
      }
    }
    return all;
  }

  private static long correctLayerByLayer(Structure structure, Statistics statistics) {
    Torch.threads(1);
    long correct = 0;
    try (NDManager scope = Torch.scope()) {
      Weights weights = net.weights(structure, scope);
      Normalization normalization = Normalization.given(statistics, scope);
      Forward forward = Forward.of(net.space().apply(structure));
      PixelScaling scaling = PixelScaling.of(data.info().mean(), data.info().std());
      byte[] bytes = new byte[(int) data.info().shape().elements()];
      for (int image : splits.indices(Split.SELECTION)) {
        data.copy(image, bytes, 0);
        NDArray tensor =
            scaling.tensor(bytes, 1, data.info().shape(), MemoryFormat.CHANNELS_FIRST, scope);
        long best = forward.run(tensor, weights, normalization).argMax(1).getLong(0);
        correct += best == data.label(image) ? 1 : 0;
      }
    }
    return correct;
  }
}
