package dev.espalier.pruningnet.training.trainee;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.execute.Forward;
import dev.espalier.pruningnet.execute.Weights;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * A plain network that learns weights of its own, from scratch or on from given ones; a supernet
 * learns its alphas along with them. Batch norm has scale and shift where the network says so; its
 * statistics are measured afterwards. Owns its parameters' native memory until closed.
 *
 * @param model what is learned
 */
public record NetworkTrainee(NetworkParameters model) implements Trainee, AutoCloseable {

  /** A network with random weights; the same streams give the same ones. */
  public static NetworkTrainee untrained(Network network, RandomStreams streams) {
    return new NetworkTrainee(NetworkParameters.untrained(network, streams));
  }

  /** A network that learns on from given weights, see {@link NetworkParameters#of}. */
  public static NetworkTrainee of(Network network, Weights weights) {
    return new NetworkTrainee(NetworkParameters.of(network, weights));
  }

  /** The network. */
  public Network network() {
    return model.network();
  }

  /** The weights as they are now: they change while training goes on. */
  public Weights weights() {
    return model.weights();
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.concat(model.weightParameters().stream(), model.alphaParameters().stream())
        .toList();
  }

  @Override
  public String digest() {
    return Sha256.of("network " + network().describe());
  }

  @Override
  public Lesson lesson(long step, NDManager scope) {
    Leaves leaves = new Leaves(scope);
    return Lesson.of(
        Forward.of(network()), model.weights(leaves::of, leaves::of), leaves::gradients);
  }

  @Override
  public void close() {
    model.close();
  }
}
