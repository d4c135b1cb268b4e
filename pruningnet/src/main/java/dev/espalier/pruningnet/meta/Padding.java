package dev.espalier.pruningnet.meta;

import dev.espalier.search.network.Network;
import dev.espalier.search.space.ChannelGroup;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;

/**
 * Rounds a structure's widths up for the hardware, never above those of the base network. The
 * channels that are added have weights of 0 on both sides: they are 0 in every layer, also behind
 * batch norm, get gradients of 0, and change nothing but the speed and the rounding. On a CPU whose
 * vectors hold 8 values, 11 channels cost far more than 16.
 *
 * <p>The channels of grouped convolutions stay as they are, for the groups would shift.
 *
 * @param multiple widths are rounded up to multiples of this
 */
public record Padding(int multiple) {

  /** Widths as they are. */
  public static final Padding NONE = new Padding(1);

  /** Multiples of 8, as a vector of 256 bits holds float32 values. */
  public static final Padding VECTORS = new Padding(8);

  /** Refuses a multiple below 1. */
  public Padding {
    if (multiple < 1) {
      throw new IllegalArgumentException(
          "padding: multiple is %d, expected at least 1".formatted(multiple));
    }
  }

  /** The padded width of a group of channels. */
  public int width(SearchSpace space, Structure structure, int group) {
    int width = space.width(structure, group);
    ChannelGroup all = space.groups().get(group);
    if (all.unit() > 1) {
      return width;
    }
    int rounded = (width + multiple - 1) / multiple * multiple;
    return Math.min(all.channels(), rounded);
  }

  /** The pruned network with padded widths. */
  public Network network(SearchSpace space, Structure structure) {
    space.check(structure);
    return space.withWidths(group -> width(space, structure, group));
  }
}
