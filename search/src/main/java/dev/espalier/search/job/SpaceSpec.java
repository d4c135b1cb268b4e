package dev.espalier.search.job;

import java.util.List;

/**
 * Which widths a channel group may take.
 *
 * @param smallest smallest width, in percent of the full one
 * @param step distance between widths, in percent; must divide 100 - smallest
 * @param multiple widths are rounded to multiples of this; 1 leaves them as they are
 * @param fixed channel groups that keep their full width
 * @param kept shares of its weights that a layer may keep, in percent, up to 100; 100 alone keeps
 *     all weights of every layer
 */
public record SpaceSpec(
    int smallest, int step, int multiple, List<String> fixed, List<Integer> kept) {

  /** The 31 widths of MetaPruning, unrounded, nothing fixed, all weights kept. */
  public static final SpaceSpec DEFAULT = new SpaceSpec(10, 3, 1, List.of(), List.of(100));

  /** Refuses steps that miss the full width. */
  public SpaceSpec {
    fixed = List.copyOf(fixed);
    kept = List.copyOf(kept);
    if (step < 1 || (100 - smallest) % step != 0) {
      throw new BadInputException(
          "space.step: found %d, expected a divisor of %d, so that widths go from %d%% to 100%%"
              .formatted(step, 100 - smallest, smallest));
    }
  }

  /** Number of widths. */
  public int count() {
    return (100 - smallest) / step + 1;
  }
}
