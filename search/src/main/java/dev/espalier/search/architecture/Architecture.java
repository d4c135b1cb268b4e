package dev.espalier.search.architecture;

import dev.espalier.search.network.Network;

/** One network of an {@link ArchitectureSpace}: all choices are made. Immutable. */
public interface Architecture {

  /** The choices as text, which {@link ArchitectureSpace#parse} reads. */
  String text();

  /** The network, to be trained like any other. */
  Network network();

  /**
   * On how many connections nothing is computed. A search by gradient descent that goes on for too
   * long prefers these ever more, and what it then finds is poor.
   */
  int skips();
}
