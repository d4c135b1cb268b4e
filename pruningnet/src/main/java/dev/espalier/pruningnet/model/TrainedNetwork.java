package dev.espalier.pruningnet.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Normalization;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import dev.espalier.search.random.RandomStreams;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A network that has learned, with all that it takes to use it. Owns its weights' native memory
 * until closed; till then it may be read by several threads.
 *
 * @param parameters the graph and its weights
 * @param statistics what batch norm normalises by
 * @param images what goes in and comes out
 * @param provenance what it was made from, by name
 */
public record TrainedNetwork(
    NetworkParameters parameters,
    Statistics statistics,
    ImageConvention images,
    SortedMap<String, String> provenance)
    implements AutoCloseable {

  /** Refuses a graph that the convention does not fit, and batch norm without statistics. */
  public TrainedNetwork {
    Network network = parameters.network();
    if (images.mean().size() != network.input().channels()
        || images.classes().size() != network.classes()) {
      throw new IllegalArgumentException(
          "network %s has %d channels and %d classes, but images of %d channels and %d classes"
              .formatted(
                  network.name(),
                  network.input().channels(),
                  network.classes(),
                  images.mean().size(),
                  images.classes().size()));
    }
    normalizations(network)
        .forEach(
            node -> {
              if (statistics.of(node).channels() != node.output().channels()) {
                throw new IllegalArgumentException(
                    "statistics of %d channels for node '%s', which has %d"
                        .formatted(
                            statistics.of(node).channels(), node.name(), node.output().channels()));
              }
            });
  }

  /** Copies weights that were learned; batch norm without any gets scale 1 and shift 0. */
  public static TrainedNetwork of(
      Network network,
      Weights weights,
      Statistics statistics,
      ImageConvention images,
      SortedMap<String, String> provenance) {
    return new TrainedNetwork(
        NetworkParameters.of(network, weights), statistics, images, provenance);
  }

  /** A network that has learned nothing, for questions to which that does not matter: speed. */
  public static TrainedNetwork untrained(
      Network network, ImageConvention images, RandomStreams streams) {
    Map<Integer, Moments> moments = new TreeMap<>();
    for (Node node : normalizations(network)) {
      float[] mean = new float[node.output().channels()];
      float[] variance = new float[mean.length];
      Arrays.fill(variance, 1);
      moments.put(node.index(), new Moments(mean, variance));
    }
    return new TrainedNetwork(
        NetworkParameters.untrained(network, streams),
        new Statistics(moments),
        images,
        new TreeMap<>());
  }

  /** The graph. */
  public Network network() {
    return parameters.network();
  }

  /** The weights. */
  public Weights weights() {
    return parameters.weights();
  }

  /** The same function with batch norm inside of convolutions, in memory of its own. */
  public TrainedNetwork folded() {
    return new BatchNormFolding(this).run();
  }

  /**
   * The scores of some images, as the engine computes them layer by layer.
   *
   * @param pixels count x channels x height x width, scaled as {@link ImageConvention} says
   * @return count x classes
   */
  public float[] scores(float[] pixels, int count) {
    dev.espalier.search.network.Shape image = network().input();
    try (NDManager scope = Torch.scope()) {
      NDArray batch =
          scope.create(pixels, new Shape(count, image.channels(), image.height(), image.width()));
      return Forward.of(network())
          .run(batch, weights(), Normalization.given(statistics, scope))
          .toFloatArray();
    }
  }

  /** The batch norms of a graph, in order. */
  static List<Node> normalizations(Network network) {
    return network.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.BatchNorm)
        .toList();
  }

  @Override
  public void close() {
    parameters.close();
  }
}
