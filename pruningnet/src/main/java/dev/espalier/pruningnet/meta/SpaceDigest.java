package dev.espalier.pruningnet.meta;

import dev.espalier.search.digest.Sha256;
import dev.espalier.search.space.Gene;
import dev.espalier.search.space.KeptGrid;
import dev.espalier.search.space.SearchSpace;

/** Tells apart search spaces that a PruningNet would have to be trained for separately. */
public final class SpaceDigest {

  private SpaceDigest() {}

  /** SHA-256 of the network's description, the grids of ratios and of fractions, and the genes. */
  public static String of(SearchSpace space) {
    StringBuilder text = new StringBuilder(space.network().describe());
    text.append(space.grid()).append('\n');
    if (!space.keptGrid().equals(KeptGrid.DENSE)) {
      text.append(space.keptGrid()).append('\n');
    }
    for (Gene gene : space.genes()) {
      text.append(gene).append('\n');
    }
    return Sha256.of(text.toString());
  }
}
