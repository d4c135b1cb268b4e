package dev.espalier.driver.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.espalier.driver.report.text.Words;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

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
 * @param latencyMillis milliseconds of a call on the job's device, or null if the job has no table
 *     of it
 * @param energy of an image there, in the unit of its coefficients, or null if it has none
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
    long compressedBytes,
    @Nullable Double latencyMillis,
    @Nullable Long energy) {

  private static final double NANOSECONDS = 1e6;

  /**
   * The view of a structure beside the full network's costs, which say what is known of the job's
   * device: where that is known, the full network costs something, and every structure has a
   * figure.
   */
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
        costs.compressedBytes(),
        full.latency() == 0 ? null : costs.latency() / NANOSECONDS,
        full.energy() == 0 ? null : costs.energy());
  }

  /** The headings of a table, and behind them those of what is known of the job's device. */
  public List<String> headings(String... others) {
    List<String> headings = new ArrayList<>(List.of(others));
    if (latencyMillis != null) {
      headings.add(">latency");
    }
    if (energy != null) {
      headings.add(">energy");
    }
    return headings;
  }

  /** A row of that table. */
  public List<Object> row(Object... others) {
    List<Object> row = new ArrayList<>(List.of(others));
    if (latencyMillis != null) {
      row.add(String.format(Locale.ROOT, "%.3f ms", latencyMillis));
    }
    if (energy != null) {
      row.add(Words.count(energy));
    }
    return row;
  }

  /** Whether it drops weights of layers. */
  @JsonIgnore
  public boolean isSparse() {
    return nonZeroMacs < macs;
  }
}
