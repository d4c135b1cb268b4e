package dev.espalier.search.mobile;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.MobileNet;
import dev.espalier.search.network.NetworkBuilder;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An inverted residual of MobileNetV2, written as {@code k3e6}.
 *
 * @param kernel side of its depthwise convolution, odd
 * @param expansion inner width for each input channel, at least 1
 */
public record Block(int kernel, int expansion) {

  private static final Pattern TEXT = Pattern.compile("k(\\d{1,2})e(\\d{1,2})");

  /** Refuses a block that cannot be built. */
  public Block {
    if (kernel < 1 || kernel % 2 == 0) {
      throw new BadInputException(
          "blocks: kernel is %d, expected an odd number, e.g. 3 or 5".formatted(kernel));
    }
    if (expansion < 1) {
      throw new BadInputException(
          "blocks: expansion is %d, expected at least 1".formatted(expansion));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws BadInputException if it is something else
   */
  static Block parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "block '%s' is not understood, expected e.g. k3e6 or none".formatted(text));
    }
    return new Block(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  /** Adds the block without its shortcut, under a name of its own. */
  int add(NetworkBuilder net, String name, int input, int out, int stride) {
    return MobileNet.invertedResidual(
        net, name + "." + this, input, kernel, expansion, out, stride);
  }

  @Override
  public String toString() {
    return "k%de%d".formatted(kernel, expansion);
  }
}
