package dev.espalier.search.cell;

import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Network;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a search over cells has found: one cell of each kind. Written as {@code normal: CELL;
 * reduction: CELL}, see {@link Cell}. Immutable.
 *
 * @param normal the cell that keeps the size
 * @param reduction the cell that halves it
 */
public record Genotype(Cell normal, Cell reduction) {

  private static final Pattern TEXT =
      Pattern.compile("\\s*normal:([^;:]*);\\s*reduction:([^;:]*?)\\s*");

  /**
   * Reads what {@link #toString} writes.
   *
   * @throws BadInputException if it is something else, saying what
   */
  public static Genotype parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new BadInputException(
          "genotype '%s' is not understood, expected 'normal: ...; reduction: ...'"
              .formatted(text));
    }
    return new Genotype(
        parse(CellKind.NORMAL, matcher.group(1)), parse(CellKind.REDUCTION, matcher.group(2)));
  }

  private static Cell parse(CellKind kind, String text) {
    try {
      return Cell.parse(text);
    } catch (BadInputException e) {
      throw new BadInputException(
          "genotype, %s cell: %s".formatted(kind.text(), e.getMessage()), e);
    }
  }

  /** The cell of a kind. */
  public Cell cell(CellKind kind) {
    return kind == CellKind.NORMAL ? normal : reduction;
  }

  /** The network of these cells, to be trained like any other. */
  public Network network(Backbone backbone) {
    return CellNetwork.of(this, backbone);
  }

  @Override
  public String toString() {
    return "normal: %s; reduction: %s".formatted(normal, reduction);
  }
}
