package dev.espalier.search.mobile;

import dev.espalier.search.architecture.Alphas;
import dev.espalier.search.architecture.ArchitectureSpace;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.MobileNet;
import dev.espalier.search.network.Network;
import dev.espalier.search.network.NetworkBuilder;
import dev.espalier.search.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * MobileNetV2 with a choice at each block that widens its input: one of some inverted residuals,
 * or, where the block has a shortcut, nothing but this. The space of "ProxylessNAS: Direct Neural
 * Architecture Search on Target Task and Hardware" (2019).
 *
 * @param image shape of one image, at least 32 x 32
 * @param classes number of classes, at least 2
 * @param blocks what can be chosen at each place
 */
public record MobileSpace(Shape image, int classes, List<Block> blocks)
    implements ArchitectureSpace {

  /** What job files call it. */
  public static final String NAME = "mobile";

  /** Kernels of 3 and 5, expansions of 3 and 6. */
  public static final List<Block> USUAL =
      List.of(new Block(3, 3), new Block(3, 6), new Block(5, 3), new Block(5, 6));

  private static final int SMALLEST_SIDE = 32;

  /** Refuses a space in which nothing is left to choose, and images that are too small. */
  public MobileSpace {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty() || new HashSet<>(blocks).size() != blocks.size()) {
      throw new BadInputException(
          "blocks: found %s, expected at least one, and each one once".formatted(blocks));
    }
    if (Math.min(image.height(), image.width()) < SMALLEST_SIDE) {
      throw new BadInputException(
          "blocks: images of %s are too small, expected at least %dx%d"
              .formatted(image, SMALLEST_SIDE, SMALLEST_SIDE));
    }
    if (classes < 2) {
      throw new BadInputException("blocks: %d classes, expected at least 2".formatted(classes));
    }
  }

  @Override
  public Network supernet() {
    return MobileNet.v2("mobile-supernet", image, classes, this::open);
  }

  private int open(NetworkBuilder net, String name, int input, int out, int stride) {
    List<Integer> branches =
        blocks.stream().map(block -> block.add(net, name, input, out, stride)).toList();
    List<String> options = new ArrayList<>(blocks.stream().map(Block::toString).toList());
    if (net.shape(branches.get(0)).equals(net.shape(input))) {
      options.add(Layer.Mixture.NONE);
    }
    int mixed = net.add(name + ".choice", new Layer.Mixture(name, options), branches);
    return MobileNet.residual(net, name, mixed, input);
  }

  @Override
  public MobileArchitecture decide(Alphas alphas) {
    return new MobileArchitecture(
        this,
        places().entrySet().stream()
            .map(place -> option(place.getValue(), largest(alphas.shares(place.getKey()))))
            .toList());
  }

  @Override
  public MobileArchitecture random(RandomGenerator random) {
    return new MobileArchitecture(
        this,
        places().values().stream()
            .map(options -> option(options, random.nextInt(options.size())))
            .toList());
  }

  @Override
  public MobileArchitecture parse(String text) {
    List<String> found = Arrays.asList(text.strip().split("\\s+"));
    List<Map.Entry<String, List<String>>> places = List.copyOf(places().entrySet());
    if (found.size() != places.size()) {
      throw new BadInputException(
          "architecture '%s': %d blocks, expected %d".formatted(text, found.size(), places.size()));
    }
    return new MobileArchitecture(
        this,
        IntStream.range(0, found.size())
            .mapToObj(i -> parse(found.get(i), places.get(i)))
            .toList());
  }

  private static Optional<Block> parse(String text, Map.Entry<String, List<String>> place) {
    if (!place.getValue().contains(text)) {
      throw new BadInputException(
          "architecture, %s: block '%s' is not of this space, expected one of %s"
              .formatted(place.getKey(), text, String.join(", ", place.getValue())));
    }
    return text.equals(Layer.Mixture.NONE) ? Optional.empty() : Optional.of(Block.parse(text));
  }

  /** The options of each place, by its name. */
  private Map<String, List<String>> places() {
    return supernet().choices();
  }

  private Optional<Block> option(List<String> options, int index) {
    return options.get(index).equals(Layer.Mixture.NONE)
        ? Optional.empty()
        : Optional.of(blocks.get(index));
  }

  private static int largest(double[] shares) {
    return IntStream.range(0, shares.length)
        .reduce((a, b) -> shares[b] > shares[a] ? b : a)
        .orElseThrow();
  }
}
