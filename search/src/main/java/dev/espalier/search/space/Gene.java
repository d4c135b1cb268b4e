package dev.espalier.search.space;

/**
 * One free choice of a {@link SearchSpace}: widths and kept fractions today; bit widths and
 * operations are other kinds of gene of the same space.
 */
public sealed interface Gene {

  /** Unique within the space, e.g. the name of the channel group. */
  String name();

  /** Number of values to choose from; the last one is the base network's own. */
  int choices();

  /**
   * The width of a channel group.
   *
   * @param name the group's name
   * @param group the group's id
   * @param choices number of ratios of the grid
   */
  record Width(String name, int group, int choices) implements Gene {}

  /**
   * The fraction of its weights that a layer keeps, wherever in the layer they are.
   *
   * @param name the layer's name, then {@code .kept}
   * @param node the layer's index in its network
   * @param choices number of fractions
   */
  record Kept(String name, int node, int choices) implements Gene {}
}
