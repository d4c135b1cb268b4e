package dev.espalier.pruningnet.scoring.finetuning;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.dataset.split.Splits;
import dev.espalier.pruningnet.model.TrainedNetwork;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.NetworkEvaluation;
import dev.espalier.pruningnet.scoring.NetworkScorer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a network that has learned elsewhere answers as it is: with the statistics and the scaling
 * of images that it came with.
 *
 * @param data all images
 * @param splits how they are divided
 * @param protocol batches and memory format
 */
public record TrainedMeasurement(PackedDataset data, Splits splits, EvaluationProtocol protocol) {

  /**
   * The answers about some splits. For one thread, on which it runs alone.
   *
   * @param betweenBatches is run before every batch; what it throws ends the work
   * @throws dev.espalier.search.job.BadInputException if it reads other images or knows other
   *     classes
   */
  public Map<Split, Answers> of(TrainedNetwork trained, Set<Split> about, Runnable betweenBatches) {
    Teacher.requireFit(trained.network(), trained.images(), data.info());
    Map<Split, Answers> answers = new EnumMap<>(Split.class);
    try (NetworkScorer scorer =
            NetworkScorer.of(trained.network(), data, splits, protocol, trained.images());
        NetworkEvaluation evaluation = scorer.evaluation(trained.network(), trained.weights())) {
      about.forEach(
          split ->
              answers.put(split, evaluation.answers(trained.statistics(), split, betweenBatches)));
    }
    return answers;
  }
}
