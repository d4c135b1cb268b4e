package dev.espalier.pruningnet.differentiable;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.sparse.Scores;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a search learns: weights, scores and alphas of a supernet, and what its {@link
 * SkipGuard} remembers. Owns their native memory until closed.
 */
final class SearchedModel implements AutoCloseable {

  private final NDManager memory = Torch.scope();
  private final NetworkParameters network;
  private final Scores scores;
  private final SkipGuard guard;

  private SearchedModel(
      NetworkParameters network, ArchitectureSpace space, SearchSettings settings) {
    this.network = network;
    this.scores =
        Scores.zeros(
            network.network(), settings.sparsity().granularity(), network.weights(), memory);
    this.guard = new SkipGuard(network, space, settings.mostSkips(), memory);
  }

  /** Random weights and alphas. */
  static SearchedModel untrained(ArchitectureSpace space, SearchSettings settings) {
    Network supernet = space.supernet();
    settings.sparsity().check(supernet);
    RandomStreams streams = new RandomStreams(settings.seed()).part("parameters");
    return new SearchedModel(NetworkParameters.untrained(supernet, streams), space, settings);
  }

  NetworkParameters network() {
    return network;
  }

  Scores scores() {
    return scores;
  }

  SkipGuard guard() {
    return guard;
  }

  /** What a phase does with the model. */
  InnerProblem problem(Phase phase, Sparsity sparsity) {
    return new InnerProblem(phase, network, scores, sparsity, memory);
  }

  /** All of it. */
  List<Parameter> parameters() {
    return Stream.of(
            network.weightParameters(),
            scores.parameters(),
            network.alphaParameters(),
            guard.memory())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() {
    network.close();
    memory.close();
  }
}
