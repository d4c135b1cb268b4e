package dev.espalier.bench.comparison;

import dev.espalier.driver.app.plan.Images;
import dev.espalier.pruningnet.dataset.split.Split;
import dev.espalier.pruningnet.scoring.Answers;
import dev.espalier.pruningnet.scoring.EvaluationProtocol;
import dev.espalier.pruningnet.scoring.ShardScore;
import dev.espalier.pruningnet.scoring.sparse.SparseMeasurement;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.Checkpoints;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.pruningnet.training.phases.SparseTraining;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a network goes through: dense training once, then for each share of its weights the choice
 * of them, and training of those. Goes on from its checkpoints.
 *
 * @param budget of the training
 * @param images to train and to measure on
 * @param folder of this network alone
 */
record Course(Budget budget, Images images, Path folder) {

  private static final int STEPS_BETWEEN_CHECKPOINTS = 100;
  private static final int RECALIBRATION = 1000;
  private static final int BATCH = 100;

  /** Trains and measures a network of which a share is kept. */
  Measured measured(Contender contender, Contender.Proposal proposal, double kept, long seed) {
    String name = "%s, seed %d".formatted(contender.name(), seed);
    Network network = proposal.network();
    try (SparseNetwork sparse =
        SparseNetwork.untrained(network, Granularity.WEIGHT, new RandomStreams(seed))) {
      new SparseTraining(budget.dense(network, seed), images.trainingData())
          .run(sparse, checkpoints("dense"), 1, new Told(name), () -> false);
      new SparseTraining(budget.sparse(network, kept, seed), images.trainingData())
          .run(
              sparse,
              checkpoints("kept-" + kept),
              1,
              new Told("%s, %s kept".formatted(name, kept)),
              () -> false);
      Map<Split, Answers> answers =
          measurement()
              .of(
                  sparse,
                  Budget.sparsity(network, kept),
                  Set.of(Split.SELECTION, Split.TEST),
                  () -> {});
      return new Measured(
          seed,
          contender.name(),
          kept,
          Sizes.weights(network),
          share(answers.get(Split.SELECTION)),
          share(answers.get(Split.TEST)),
          proposal.architecture());
    }
  }

  private SparseMeasurement measurement() {
    return new SparseMeasurement(
        images.dataset(),
        images.splits(),
        EvaluationProtocol.here(
            RECALIBRATION, BATCH, BATCH, images.size(Split.TEST), MemoryFormat.CHANNELS_LAST));
  }

  private Checkpoints checkpoints(String part) {
    return new Checkpoints(folder.resolve(part), STEPS_BETWEEN_CHECKPOINTS);
  }

  private static double share(@Nullable Answers answers) {
    ShardScore score = Objects.requireNonNull(answers).score();
    return (double) score.correct() / score.images();
  }
}
