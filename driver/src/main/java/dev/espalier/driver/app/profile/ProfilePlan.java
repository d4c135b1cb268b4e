package dev.espalier.driver.app.profile;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.latency.Device;
import dev.espalier.search.latency.Kernel;
import dev.espalier.search.latency.Survey;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkText;
import dev.espalier.search.network.Node;
import dev.espalier.search.network.Shape;
import dev.espalier.search.space.SearchSpace;
import java.util.List;
import java.util.Locale;

/**
 * What a table is to reach: the structures between two.
 *
 * @param narrow the narrowest
 * @param wide the widest, the same layers
 */
public record ProfilePlan(Network narrow, Network wide) {

  private static final String BETWEEN = "\n\n";

  /** Values of a layer in a call: memory holds some maps of as many side by side. */
  private static final int MOST = 1 << 26;

  /** That of a space. */
  public static ProfilePlan of(SearchSpace space) {
    return new ProfilePlan(space.apply(space.narrowest()), space.network());
  }

  /** As a text for another machine: both networks, an empty line between them. */
  public String text() {
    return NetworkText.of(narrow) + BETWEEN + NetworkText.of(wide) + "\n";
  }

  /**
   * Reads the text back.
   *
   * @param file what errors call it
   * @throws BadInputException naming the file and what is wrong with it
   */
  public static ProfilePlan parse(String text, String file) {
    String[] parts = text.strip().split(BETWEEN, -1);
    if (parts.length != 2) {
      throw new BadInputException(
          "%s: found %d networks, expected two with an empty line between them, as 'espalier profile --plan' writes them"
              .formatted(file, parts.length));
    }
    try {
      ProfilePlan plan = new ProfilePlan(NetworkText.parse(parts[0]), NetworkText.parse(parts[1]));
      plan.requireAlike();
      return plan;
    } catch (BadInputException | ArithmeticException e) {
      throw new BadInputException("%s: %s".formatted(file, e.getMessage()), e);
    }
  }

  private void requireAlike() {
    List<List<Integer>> first = narrow.nodes().stream().map(node -> node.inputs()).toList();
    List<List<Integer>> second = wide.nodes().stream().map(node -> node.inputs()).toList();
    if (!first.equals(second)) {
      throw new BadInputException("its networks differ in more than their widths");
    }
  }

  /**
   * The kernels to time.
   *
   * @throws BadInputException naming a layer that has no time, or is too large for one call
   */
  public List<Kernel> kernels(Device device, int widths) {
    for (Node node : wide.nodes()) {
      Shape map = node.output();
      double values = (double) device.batch() * map.channels() * map.height() * map.width();
      if (values > MOST) {
        throw new BadInputException(
            String.format(
                Locale.ROOT,
                "layer '%s': found %.0f values in a batch of %d, %s each, expected at most %d. Maybe take smaller images, or fewer?",
                node.name(),
                values,
                device.batch(),
                map,
                MOST));
      }
    }
    return Survey.of(narrow, wide, device, widths);
  }
}
