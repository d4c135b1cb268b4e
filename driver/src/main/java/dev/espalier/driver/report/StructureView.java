package dev.espalier.driver.report;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.Structure;

/**
 * A structure as it is shown.
 *
 * @param id first digits of its digest, what people type
 * @param genes its canonical text
 * @param macs multiply-accumulate operations for one image
 * @param macsShare the same as a share of the full network's
 * @param parameters learned values
 * @param weightBytes bytes of the learned values
 * @param activationBytes peak bytes of activations at the job's batch size
 * @param nonZeroMacs those of {@code macs} with a weight that is kept
 * @param compressedBytes bytes of the learned values, layers compressed where that saves some
 */
public record StructureView(
    String id,
    String genes,
    long macs,
    double macsShare,
    long parameters,
    long weightBytes,
    long activationBytes,
    long nonZeroMacs,
    long compressedBytes) {

  /** The view of a structure beside the full network's costs. */
  public static StructureView of(Structure structure, Costs costs, Costs full) {
    return new StructureView(
        structure.id(),
        structure.toString(),
        costs.macs(),
        (double) costs.macs() / full.macs(),
        costs.parameters(),
        costs.weightBytes(),
        costs.activationBytes(),
        costs.nonZeroMacs(),
        costs.compressedBytes());
  }

  /** Whether it drops weights of layers. */
  public boolean sparse() {
    return nonZeroMacs < macs;
  }
}
