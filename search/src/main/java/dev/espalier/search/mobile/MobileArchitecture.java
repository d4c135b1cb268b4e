package dev.espalier.search.mobile;

import dev.espalier.search.architecture.Architecture;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.MobileNet;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * MobileNetV2 whose blocks are chosen, written as {@code k3e6 k5e3 none ...}.
 *
 * @param space which blocks there are
 * @param blocks the block at each place, in the order of the network; empty for none
 */
public record MobileArchitecture(MobileSpace space, List<Optional<Block>> blocks)
    implements Architecture {

  /** Copies the blocks. */
  public MobileArchitecture {
    blocks = List.copyOf(blocks);
  }

  @Override
  public String text() {
    return blocks.stream()
        .map(block -> block.map(Block::toString).orElse(Layer.Mixture.NONE))
        .collect(Collectors.joining(" "));
  }

  @Override
  public Network network() {
    Iterator<Optional<Block>> next = blocks.iterator();
    return MobileNet.v2(
        "mobile",
        space.image(),
        space.classes(),
        (net, name, input, out, stride) -> add(net, name, input, out, stride, next.next()));
  }

  private static int add(
      NetworkBuilder net, String name, int input, int out, int stride, Optional<Block> block) {
    return block
        .map(
            chosen ->
                MobileNet.residual(net, name, chosen.add(net, name, input, out, stride), input))
        .orElse(input);
  }

  @Override
  public int skips() {
    return Math.toIntExact(blocks.stream().filter(Optional::isEmpty).count());
  }
}
