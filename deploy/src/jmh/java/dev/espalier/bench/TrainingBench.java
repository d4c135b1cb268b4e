package dev.espalier.bench;

import static dev.espalier.bench.Figures.median;
import static dev.espalier.bench.Figures.print;

import dev.espalier.pruningnet.dataset.PackedDataset;
import dev.espalier.pruningnet.dataset.PackedWriter;
import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.trainee.NetworkTrainee;
import dev.espalier.pruningnet.training.trainee.PruningNetTrainee;
import dev.espalier.pruningnet.training.trainee.Trainee;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/**
 * How fast a PruningNet trains against plain training of its network: the same engine, trainer,
 * batch of 128 and memory order, in turns. Both in images per second of the training thread's
 * processor time, on one core, so that other processes disturb little.
 *
 * <p>Arguments: number of rounds, 5 by default, and name of the network, resnet20 by default.
 */
public final class TrainingBench {

  private static final int BATCH = 128;
  private static final int STEPS = 8;
  private static final int HIDDEN = 32;
  private static final int[] SANDWICH = {0, 4, 2};

  private final Network network;
  private final TrainingData data;
  private final int rounds;

  private TrainingBench(Network network, TrainingData data, int rounds) {
    this.network = network;
    this.data = data;
    this.rounds = rounds;
  }

  /** Prints one line for each round, and the medians. */
  public static void main(String[] arguments) throws IOException {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
    String name = arguments.length > 1 ? arguments[1] : "resnet20";
    Path folder = Files.createTempDirectory("espalier-bench");
    Path file = folder.resolve("noise" + PackedWriter.EXTENSION);
    try {
      // The first batch warms up and is not measured.
      PackedDataset noise = NoiseImages.write(file, (STEPS + 1) * BATCH);
      int[] images = IntStream.range(0, noise.info().size()).toArray();
      Network network = Zoo.network(name, NoiseImages.SHAPE, NoiseImages.CLASSES);
      TrainingBench bench = new TrainingBench(network, new TrainingData(noise, images), rounds);
      for (int sandwich : SANDWICH) {
        bench.compare(sandwich);
      }
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private void compare(int sandwich) {
    String rule = sandwich == 0 ? "" : ", widest and narrowest every %d steps".formatted(sandwich);
    SearchSpace space = SearchSpace.of(network, RatioGrid.METAPRUNING);
    double[] ratios = new double[rounds];
    RandomStreams streams = new RandomStreams(1);
    try (NetworkTrainee plain = NetworkTrainee.untrained(network, streams);
        PruningNet net = PruningNet.untrained(space, HIDDEN, streams)) {
      PruningNetTrainee pruningNet = new PruningNetTrainee(net, sandwich, 0, streams);
      for (int round = 0; round < rounds; round++) {
        double plainSpeed = imagesPerSecond(plain);
        double pruningNetSpeed = imagesPerSecond(pruningNet);
        ratios[round] = pruningNetSpeed / plainSpeed;
        print(
            "  plain %.0f images/s, PruningNet %.0f: %.2f",
            plainSpeed, pruningNetSpeed, ratios[round]);
      }
    }
    print(
        "PruningNet of %s against %s%s: median %.2f times the images/s",
        network.name(), network.name(), rule, median(ratios));
  }

  private double imagesPerSecond(Trainee trainee) {
    return STEPS * BATCH * 1e9 / StepClock.nanos(trainee, data, BATCH, 0.1);
  }
}
