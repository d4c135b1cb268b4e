package dev.espalier.driver.app.export;

import dev.espalier.driver.report.StructureView;
import dev.espalier.driver.report.text.Words;
import dev.espalier.pruningnet.onnx.Agreement;
import java.util.Locale;

/**
 * A structure as a file.
 *
 * @param file where it is
 * @param bytes its size
 * @param structure what it is of
 * @param weights where they come from
 * @param training that they come of, in words; empty if the structure was not trained by itself
 * @param trained whether the structure was trained by itself
 * @param agreement of the file with the network that it was made from
 */
public record Exported(
    String file,
    long bytes,
    StructureView structure,
    String weights,
    String training,
    boolean trained,
    Agreement agreement) {

  /** For people. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%s%n  %s, %s MACs (%s), %s parameters, %s bytes; weights: %s%n  on %d confirmation images"
            + " %.1f%% correct, as by the network itself; scores differ by at most %.1e%n",
        file,
        structure.id(),
        Words.count(structure.macs()),
        Words.percent(structure.macsShare()),
        Words.count(structure.parameters()),
        Words.count(bytes),
        training.isEmpty() ? weights : weights + " for " + training,
        agreement.images(),
        100.0 * agreement.correct() / agreement.images(),
        agreement.largest());
  }
}
