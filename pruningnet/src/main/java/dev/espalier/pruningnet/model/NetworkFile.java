package dev.espalier.pruningnet.model;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.execute.Moments;
import dev.espalier.pruningnet.execute.Statistics;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.ParameterFile;
import dev.espalier.pruningnet.tensor.ParameterReader;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkText;
import dev.espalier.search.network.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * A {@link TrainedNetwork} as a {@link ParameterFile} of kind {@code network}, with its graph as
 * {@link NetworkText}.
 */
public final class NetworkFile {

  private static final String KIND = "network";
  private static final String GRAPH = "graph";
  private static final String PROVENANCE = "provenance.";

  private NetworkFile() {}

  /** Writes a file, all or nothing; returns the digest of its content. */
  public static String write(Path file, TrainedNetwork trained) {
    SortedMap<String, String> entries = new TreeMap<>(trained.images().entries());
    entries.put(GRAPH, NetworkText.of(trained.network()));
    trained.provenance().forEach((name, value) -> entries.put(PROVENANCE + name, value));
    try (NDManager scope = Torch.scope()) {
      List<Parameter> moments = moments(trained.network(), scope);
      int next = 0;
      for (Node node : TrainedNetwork.normalizations(trained.network())) {
        Moments known = trained.statistics().of(node);
        moments.get(next++).set(0, known.mean(), known.channels());
        moments.get(next++).set(0, known.variance(), known.channels());
      }
      return ParameterFile.write(file, KIND, entries, all(trained.parameters(), moments));
    }
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, cut short, damaged, or something else; the message
   *     names the file
   */
  public static TrainedNetwork read(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND);
        NDManager scope = Torch.scope()) {
      ImageConvention images = ImageConvention.of(reader.entries(), reader.source());
      NetworkParameters weights = NetworkParameters.zeros(network(reader));
      try {
        return new TrainedNetwork(
            weights, statistics(reader, weights, scope), images, provenance(reader));
      } catch (RuntimeException e) {
        weights.close();
        throw e;
      }
    }
  }

  /** The graph of a file, without its weights. */
  public static Network network(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return network(reader);
    }
  }

  /** What goes into the network of a file and comes out, without reading its weights. */
  public static ImageConvention images(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return ImageConvention.of(reader.entries(), reader.source());
    }
  }

  /** What a file was made from, without reading its weights. */
  public static SortedMap<String, String> provenance(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return provenance(reader);
    }
  }

  private static Network network(ParameterReader reader) {
    try {
      return NetworkText.parse(reader.entry(GRAPH));
    } catch (BadInputException e) {
      throw new BadInputException("%s: %s".formatted(reader.source(), e.getMessage()), e);
    }
  }

  private static Statistics statistics(
      ParameterReader reader, NetworkParameters weights, NDManager scope) {
    List<Parameter> moments = moments(weights.network(), scope);
    reader.read(all(weights, moments));
    Map<Integer, Moments> layers = new TreeMap<>();
    int next = 0;
    for (Node node : TrainedNetwork.normalizations(weights.network())) {
      float[] mean = moments.get(next++).array().toFloatArray();
      float[] variance = moments.get(next++).array().toFloatArray();
      layers.put(node.index(), new Moments(mean, variance));
    }
    return new Statistics(layers);
  }

  private static SortedMap<String, String> provenance(ParameterReader reader) {
    SortedMap<String, String> provenance = new TreeMap<>();
    reader
        .entries()
        .forEach(
            (key, value) -> {
              if (key.startsWith(PROVENANCE)) {
                provenance.put(key.substring(PROVENANCE.length()), value);
              }
            });
    return provenance;
  }

  /** Room for the mean and the variance of each batch norm, one after the other. */
  private static List<Parameter> moments(Network network, NDManager scope) {
    List<Parameter> moments = new ArrayList<>();
    for (Node node : TrainedNetwork.normalizations(network)) {
      Shape channels = new Shape(node.output().channels());
      moments.add(Parameter.zeros(node.name() + ".mean", channels, scope));
      moments.add(Parameter.zeros(node.name() + ".variance", channels, scope));
    }
    return moments;
  }

  private static List<Parameter> all(NetworkParameters weights, List<Parameter> moments) {
    return Stream.concat(weights.weightParameters().stream(), moments.stream()).toList();
  }
}
