package dev.espalier.pruningnet.dataset.imports;

import dev.espalier.pruningnet.dataset.PackedDataset;
import java.util.List;

/**
 * What an import made.
 *
 * @param dataset the packed data set, opened
 * @param broken images that were left out, in the source's order; empty unless asked to skip them
 */
public record ImportReport(PackedDataset dataset, List<BrokenImage> broken) {

  /** Keeps an immutable copy of the list. */
  public ImportReport {
    broken = List.copyOf(broken);
  }
}
