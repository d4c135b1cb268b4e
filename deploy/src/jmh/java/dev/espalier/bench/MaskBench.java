package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.trainee.MaskedTrainee;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.pruningnet.training.trainee.ScoreTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import java.io.IOException;
import java.util.stream.IntStream;

/**
 * What masks cost: training the scores of a network, and its weights under masks, against plain
 * training, in turns; time of the training thread's processor for a step of 128 images, on one
 * core.
 *
 * <p>Arguments: number of rounds, 5 by default, and name of the network, resnet20 by default.
 */
public final class MaskBench {

  private static final int BATCH = 128;
  private static final int STEPS = 6;
  private static final Sparsity SPARSITY = Sparsity.of(Granularity.WEIGHT, 0.05);

  private MaskBench() {}

  /** Prints one line for each round, and the medians. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    String name = arguments.length > 1 ? arguments[1] : "resnet20";
    Network network = Zoo.network(name, NoiseImages.SHAPE, NoiseImages.CLASSES);
    try (ScratchFolder folder = ScratchFolder.create();
        NetworkTrainee plain = NetworkTrainee.untrained(network, new RandomStreams(1));
        NDManager memory = Torch.scope()) {
      // The first batch warms up and is not measured.
      PackedDataset noise =
          NoiseImages.write(
              folder.path().resolve("noise" + PackedWriter.EXTENSION), (STEPS + 1) * BATCH);
      TrainingData data =
          new TrainingData(noise, IntStream.range(0, noise.info().size()).toArray());
      Scores scores = Scores.ofMagnitudes(network, Granularity.WEIGHT, plain.weights(), memory);
      ScoreTrainee pruned = new ScoreTrainee(plain.model(), scores, SPARSITY);
      MaskedTrainee masked = new MaskedTrainee(plain.model(), scores.masks(SPARSITY, memory));
      double[] ofScores = new double[rounds];
      double[] ofMasks = new double[rounds];
      for (int round = 0; round < rounds; round++) {
        double plainStep = millisPerStep(plain, data);
        double scoreStep = millisPerStep(pruned, data);
        double maskStep = millisPerStep(masked, data);
        ofScores[round] = scoreStep / plainStep;
        ofMasks[round] = maskStep / plainStep;
        print(
            "  plain %.1f ms a step, scores %.1f: %.3f, under masks %.1f: %.3f",
            plainStep, scoreStep, ofScores[round], maskStep, ofMasks[round]);
      }
      print(
          "%s: a step of the scores takes %.3f times that of plain training, one under masks %.3f",
          name, median(ofScores), median(ofMasks));
    }
  }

  private static double millisPerStep(Trainee trainee, TrainingData data) {
    return StepClock.nanos(trainee, data, BATCH, 0) / 1e6 / STEPS;
  }
}
