package dev.espalier.bench.comparison;

import dev.espalier.pruningnet.dataset.batch.Augmentation;
import dev.espalier.pruningnet.sparse.ErdosRenyiKernel;
import dev.espalier.pruningnet.sparse.Granularity;
import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.pruningnet.tensor.MemoryFormat;
import dev.espalier.pruningnet.training.phases.PhasedSettings;
import dev.espalier.search.network.Network;

/**
 * What every network gets, whoever proposed it: the same number of weights before it is pruned, the
 * same images, and the same steps.
 *
 * @param weights of convolutions and linear layers
 * @param epochs of the phases; the first one is shared by all that is kept
 * @param rates step sizes
 * @param batch images per step
 */
record Budget(long weights, PhasedSettings.Epochs epochs, PhasedSettings.Rates rates, int batch) {

  /** Training of a dense network. */
  PhasedSettings dense(Network network, long seed) {
    return settings(network, 1, new PhasedSettings.Epochs(epochs.pretrain(), 0, 0), seed);
  }

  /** Training of what is kept of a network that has learned as a dense one. */
  PhasedSettings sparse(Network network, double kept, long seed) {
    return settings(
        network, kept, new PhasedSettings.Epochs(0, epochs.prune(), epochs.fineTune()), seed);
  }

  /** What each layer keeps. */
  static Sparsity sparsity(Network network, double kept) {
    return ErdosRenyiKernel.of(network, Granularity.WEIGHT, kept);
  }

  private PhasedSettings settings(
      Network network, double kept, PhasedSettings.Epochs phases, long seed) {
    return new PhasedSettings(
        phases,
        rates,
        batch,
        sparsity(network, kept),
        Augmentation.STANDARD,
        MemoryFormat.CHANNELS_LAST,
        seed);
  }
}
