package dev.espalier.pruningnet.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.RecordingNormalization;
import dev.espalier.pruningnet.tensor.Initial;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.Collections;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Networks with random weights, scales and shifts, and the statistics of random images. */
public final class LearnedNetworks {

  private static final int BATCH = 8;

  private LearnedNetworks() {}

  /** A network as if it had learned. */
  public static TrainedNetwork of(Network network) {
    RandomStreams streams = new RandomStreams(11);
    NetworkParameters parameters = NetworkParameters.untrained(network, streams);
    for (Parameter parameter : parameters.weightParameters()) {
      if (parameter.name().endsWith(".bias")) {
        Initial.normal(parameter, 0.1, streams);
      }
    }
    try (NDManager scope = Torch.scope()) {
      RecordingNormalization recorded = new RecordingNormalization();
      Forward.of(network)
          .run(
              scope.create(
                  pixels(network, BATCH, 5),
                  new Shape(
                      BATCH,
                      network.input().channels(),
                      network.input().height(),
                      network.input().width())),
              parameters.weights(),
              recorded);
      TreeMap<String, String> provenance = new TreeMap<>();
      provenance.put("structure", "1-2-3");
      return new TrainedNetwork(parameters, recorded.statistics(), convention(network), provenance);
    }
  }

  /** Three channels, or as many as there are, scaled alike. */
  public static ImageConvention convention(Network network) {
    return new ImageConvention(
        IntStream.range(0, network.classes()).mapToObj(k -> "class " + k).toList(),
        Collections.nCopies(network.input().channels(), 0.5),
        Collections.nCopies(network.input().channels(), 0.25));
  }

  /** Random images, count x channels x height x width. */
  public static float[] pixels(Network network, int count, long seed) {
    RandomGenerator random = new RandomStreams(seed).stream("pixels", 0);
    float[] pixels = new float[count * (int) network.input().elements()];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (float) random.nextGaussian();
    }
    return pixels;
  }

  /** The largest difference of two lists of one length. */
  public static double difference(float[] some, float[] others) {
    return IntStream.range(0, Math.max(some.length, others.length))
        .mapToDouble(i -> Math.abs((double) some[i] - others[i]))
        .max()
        .orElseThrow();
  }
}
