package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.execute.LayerWeights;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.ParameterFile;
import dev.espalier.pruningnet.tensor.ParameterReader;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.architecture.Architecture;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a search has found: an architecture, with the weights and scores that its layers had in the
 * supernet. As a file it is a {@link ParameterFile} of kind {@code architecture}. Owns native
 * memory until closed.
 */
public final class FoundArchitecture implements AutoCloseable {

  /** The kind of file. */
  public static final String KIND = "architecture";

  private final Architecture architecture;
  private final SparseNetwork network;
  private final SearchProvenance provenance;
  private final String digest;

  private FoundArchitecture(
      Architecture architecture,
      SparseNetwork network,
      SearchProvenance provenance,
      String digest) {
    this.architecture = architecture;
    this.network = network;
    this.provenance = provenance;
    this.digest = digest;
  }

  /**
   * Takes what an architecture needs out of a supernet, and writes it to a file, all or nothing.
   */
  static FoundArchitecture save(
      Architecture architecture, SparseNetwork supernet, SearchProvenance provenance, Path file) {
    Network graph = architecture.network();
    SparseNetwork network =
        SparseNetwork.of(
            NetworkParameters.of(graph, inherited(graph, supernet.weights())),
            provenance.granularity());
    Map<String, Parameter> known = new HashMap<>();
    supernet.scores().parameters().forEach(score -> known.put(score.name(), score));
    for (Parameter score : network.scores().parameters()) {
      float[] values = known.getOrDefault(score.name(), score).array().toFloatArray();
      score.set(0, values, values.length);
    }
    String digest = ParameterFile.write(file, KIND, provenance.entries(), network.parameters());
    return new FoundArchitecture(architecture, network, provenance, digest);
  }

  /** The weights of the layers that have the same name in a supernet. */
  private static Weights inherited(Network network, NetworkParameters supernet) {
    Map<String, Node> known = new HashMap<>();
    supernet.network().nodes().forEach(node -> known.put(node.name(), node));
    Weights all = supernet.weights();
    Map<Integer, LayerWeights> inherited = new HashMap<>();
    for (Node node : network.nodes()) {
      Node source = known.get(node.name());
      LayerWeights layer = source == null ? null : all.find(source);
      if (layer != null) {
        inherited.put(node.index(), layer);
      }
    }
    return new Weights(inherited);
  }

  /**
   * Reads a file.
   *
   * @throws BadInputException if it is missing, cut short, damaged, something else, or was found in
   *     another space; the message names the file
   */
  public static FoundArchitecture load(Path file, ArchitectureSpace space) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      SearchProvenance provenance = SearchProvenance.of(reader);
      String expected = space.supernet().digest();
      if (!provenance.space().equals(expected)) {
        throw new BadInputException(
            ("%s: it was found in space %.8s, expected %.8s. Maybe the operations, the number of"
                    + " cells or the images have changed since.")
                .formatted(file, provenance.space(), expected));
      }
      Architecture architecture = parse(space, provenance, reader);
      SparseNetwork network =
          SparseNetwork.of(
              NetworkParameters.zeros(architecture.network()), provenance.granularity());
      try {
        String digest = reader.read(network.parameters());
        return new FoundArchitecture(architecture, network, provenance, digest);
      } catch (RuntimeException e) {
        network.close();
        throw e;
      }
    }
  }

  private static Architecture parse(
      ArchitectureSpace space, SearchProvenance provenance, ParameterReader reader) {
    try {
      return space.parse(provenance.architecture());
    } catch (BadInputException e) {
      throw new BadInputException("%s: %s".formatted(reader.source(), e.getMessage()), e);
    }
  }

  /** What a file was found from, without its parameters. */
  public static SearchProvenance provenance(Path file) {
    try (ParameterReader reader = ParameterFile.open(file, KIND)) {
      return SearchProvenance.of(reader);
    }
  }

  /** The choices. */
  public Architecture architecture() {
    return architecture;
  }

  /**
   * Weights of {@code architecture().network()}, not masked, and scores, from which masks of any
   * sparsity can be made.
   */
  public SparseNetwork network() {
    return network;
  }

  /** What it was found from. */
  public SearchProvenance provenance() {
    return provenance;
  }

  /** SHA-256 of the file's content. */
  public String digest() {
    return digest;
  }

  @Override
  public void close() {
    network.close();
  }
}
