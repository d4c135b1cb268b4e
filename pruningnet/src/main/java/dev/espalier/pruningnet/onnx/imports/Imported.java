package dev.espalier.pruningnet.onnx.imports;

import dev.espalier.pruningnet.model.TrainedNetwork;
import java.util.List;

/**
 * A network that was read from a file. Owns native memory until closed.
 *
 * @param network graph and weights
 * @param notes what was left out, in sentences
 * @param difference largest one between its scores and those of ONNX Runtime, on random images
 */
public record Imported(TrainedNetwork network, List<String> notes, double difference)
    implements AutoCloseable {

  /** Copies the notes. */
  public Imported {
    notes = List.copyOf(notes);
  }

  /** The same weights for pixels that are scaled as is known of them; close only one of both. */
  public Imported scaled(List<Double> mean, List<Double> std) {
    return new Imported(
        new TrainedNetwork(
            network.parameters(),
            network.statistics(),
            network.images().scaled(mean, std),
            network.provenance()),
        notes,
        difference);
  }

  @Override
  public void close() {
    network.close();
  }
}
