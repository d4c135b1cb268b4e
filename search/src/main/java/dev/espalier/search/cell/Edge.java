package dev.espalier.search.cell;

import dev.espalier.search.job.BadInputException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A connection that a genotype has chosen, written as {@code sep_conv_3x3(0)}.
 *
 * @param operation what stands on it, not {@link Operation#NONE}
 * @param from the state that it reads: 0 and 1 are the outputs of the two cells before, 2 is the
 *     cell's first node
 */
public record Edge(Operation operation, int from) {

  private static final Pattern TEXT = Pattern.compile("(\\w+)\\((\\d{1,3})\\)");

  /** Refuses the operation that is no connection. */
  public Edge {
    if (operation == Operation.NONE) {
      throw new BadInputException(
          "operation '%s' is no connection, expected another one".formatted(operation.text()));
    }
  }

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws BadInputException if it is something else
   */
  static Edge parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "edge '%s' is not understood, expected e.g. sep_conv_3x3(0)".formatted(text));
    }
    return new Edge(Operation.parse(matcher.group(1)), Integer.parseInt(matcher.group(2)));
  }

  @Override
  public String toString() {
    return "%s(%d)".formatted(operation.text(), from);
  }
}
