package dev.espalier.pruningnet.execute;

import ai.djl.ndarray.NDArray;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.Node;
import java.util.Arrays;

/**
 * Runs a network layer by layer. An activation is freed as soon as no later layer reads it; under a
 * gradient collector the engine keeps those that the way back needs.
 *
 * <p>Immutable and safe to share between threads.
 */
public final class Forward {

  private final Network network;
  private final int[] lastReader;

  private Forward(Network network, int[] lastReader) {
    this.network = network;
    this.lastReader = lastReader;
  }

  /** Prepares a network. */
  public static Forward of(Network network) {
    int[] lastReader = new int[network.nodes().size()];
    for (Node node : network.nodes()) {
      lastReader[node.index()] = node.index();
      for (int input : node.inputs()) {
        lastReader[input] = node.index();
      }
    }
    return new Forward(network, lastReader);
  }

  /** The network that is run. */
  public Network network() {
    return network;
  }

  /**
   * Scores of a batch of images.
   *
   * @param images batch x channels x height x width, float32; it stays open. Its strides may be
   *     those of channels-last, which all layers then follow
   * @param weights the weights of this network
   * @param normalization which statistics batch norm uses
   * @return batch x classes, in the scope of the images; an {@link IllegalArgumentException} names
   *     a node that lacks weights or statistics
   */
  public NDArray run(NDArray images, Weights weights, Normalization normalization) {
    checkShape(images);
    NDArray[] outputs = new NDArray[network.nodes().size()];
    outputs[0] = images;
    for (Node node : network.nodes().subList(1, network.nodes().size())) {
      NDArray[] inputs = node.inputs().stream().map(i -> outputs[i]).toArray(NDArray[]::new);
      outputs[node.index()] = Operations.apply(node, inputs, weights, normalization);
      for (int input : node.inputs()) {
        if (input != 0 && lastReader[input] == node.index()) {
          outputs[input].close();
        }
      }
    }
    NDArray last = outputs[outputs.length - 1];
    try (last) {
      return last.reshape(images.getShape().get(0), network.classes());
    }
  }

  private void checkShape(NDArray images) {
    long[] expected = {
      images.getShape().get(0),
      network.input().channels(),
      network.input().height(),
      network.input().width()
    };
    if (!Arrays.equals(images.getShape().getShape(), expected)) {
      throw new IllegalArgumentException(
          "network %s reads images of %s, found a batch of %s"
              .formatted(network.name(), network.input(), images.getShape()));
    }
  }
}
