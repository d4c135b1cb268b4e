package dev.espalier.pruningnet.differentiable;

import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.phases.Phase;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.pruningnet.training.phases.SparseNetwork;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.network.Network;
import dev.espalier.search.random.RandomStreams;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that a search learns: weights, scores and alphas of a supernet, and what its {@link
 * SkipGuard} remembers. Owns their native memory until closed.
 *
 * @param supernet weights, alphas and scores
 * @param guard watches the alphas
 */
record SearchedModel(SparseNetwork supernet, SkipGuard guard) implements AutoCloseable {

  /** Random weights and alphas. */
  static SearchedModel untrained(ArchitectureSpace space, SearchSettings settings) {
    Network network = space.supernet();
    PhasedSettings phases = settings.phases();
    phases.sparsity().check(network);
    SparseNetwork supernet =
        SparseNetwork.untrained(
            network,
            phases.sparsity().granularity(),
            new RandomStreams(phases.seed()).part("parameters"));
    SkipGuard guard =
        new SkipGuard(supernet.weights(), space, settings.mostSkips(), supernet.memory());
    return new SearchedModel(supernet, guard);
  }

  /** What a phase does with the model. */
  InnerProblem problem(Phase phase, Sparsity sparsity) {
    return new InnerProblem(phase, supernet, sparsity);
  }

  /** All of it. */
  List<Parameter> parameters() {
    return Stream.of(supernet.parameters(), supernet.weights().alphaParameters(), guard.memory())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public void close() {
    supernet.close();
  }
}
