package dev.espalier.pruningnet.scoring.gate;

import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.StructureScorer;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Looks at a PruningNet before a search is spent on it: accuracy of the widest and of some random
 * structures after recalibration, on the first shard of the selection split, against chance.
 */
public final class Gate {

  private Gate() {}

  /**
   * Measures.
   *
   * @param structures number of random structures, at least 1
   * @param streams draws them
   */
  public static GateReport check(StructureScorer scorer, int structures, RandomStreams streams) {
    SearchSpace space = scorer.space();
    RandomGenerator random = streams.stream("gate", 0);
    List<ShardScore> scores = new ArrayList<>();
    for (int i = 0; i < structures; i++) {
      scores.add(score(scorer, space.random(random)));
    }
    return new GateReport(space.network().classes(), score(scorer, space.widest()), scores);
  }

  private static ShardScore score(StructureScorer scorer, Structure structure) {
    try (NetworkEvaluation evaluation = scorer.prepare(structure)) {
      return evaluation.score(evaluation.recalibrate(() -> {}), Split.SELECTION, 0, () -> {});
    }
  }
}
