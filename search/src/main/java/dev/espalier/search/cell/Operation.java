package dev.espalier.search.cell;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.Nearest;
import dev.espalier.search.network.Layer;
import java.util.Arrays;
import java.util.List;

/**
 * What may stand on an edge of a cell: the eight operations of "DARTS: Differentiable Architecture
 * Search" (2019), under the names that its genotypes are published with.
 */
public enum Operation {
  /** No connection. */
  NONE(Layer.Mixture.NONE),
  /** The largest value of each 3x3 window. */
  MAX_POOL_3X3("max_pool_3x3"),
  /** The mean of each 3x3 window. */
  AVERAGE_POOL_3X3("avg_pool_3x3"),
  /** The input itself; at stride 2 the mean of each 2x2 window, then a 1x1 convolution. */
  SKIP("skip_connect"),
  /** Twice a depthwise 3x3 and a 1x1 convolution. */
  SEPARABLE_3X3("sep_conv_3x3"),
  /** Twice a depthwise 5x5 and a 1x1 convolution. */
  SEPARABLE_5X5("sep_conv_5x5"),
  /** A depthwise 3x3 convolution with gaps of 1, and a 1x1 convolution. */
  DILATED_3X3("dil_conv_3x3"),
  /** A depthwise 5x5 convolution with gaps of 1, and a 1x1 convolution. */
  DILATED_5X5("dil_conv_5x5");

  private final String text;

  Operation(String text) {
    this.text = text;
  }

  /** The published name. */
  public String text() {
    return text;
  }

  /**
   * The operation of a published name.
   *
   * @throws BadInputException if there is none, naming all
   */
  public static Operation parse(String text) {
    List<String> known = Arrays.stream(values()).map(Operation::text).toList();
    return Arrays.stream(values())
        .filter(operation -> operation.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new BadInputException(
                    "operation '%s' is unknown, expected one of %s.%s"
                        .formatted(text, String.join(", ", known), Nearest.hint(text, known))));
  }
}
