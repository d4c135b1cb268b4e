package dev.espalier.search.network;

import dev.espalier.search.job.BadInputException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A network as a text that travels with a job: a line for the image, then one for each layer, with
 * its name, its kind, its settings, and the lines that it reads, from 0.
 *
 * <pre>
 * net image channels=3 height=32 width=32
 * conv1 conv out=16 kernel=3 stride=1 padding=1 dilation=1 groups=1 bias=false from=0
 * </pre>
 */
public final class NetworkText {

  private NetworkText() {}

  /** The text; names of layers must have no blanks. */
  public static String of(Network network) {
    return network.nodes().stream()
        .map(
            node ->
                node.index() == 0
                    ? line(network.name(), node)
                    : line(node.name(), node) + " from=" + from(node))
        .collect(Collectors.joining("\n"));
  }

  /**
   * Reads the text back.
   *
   * @throws BadInputException naming the line that is no layer or does not fit those before it
   */
  public static Network parse(String text) {
    List<String> lines = text.lines().toList();
    NetworkBuilder builder = null;
    for (int i = 0; i < lines.size(); i++) {
      try {
        Line line = Line.parse(lines.get(i));
        if (builder == null) {
          builder = new NetworkBuilder(line.name(), line.image());
        } else {
          builder.add(line.name(), line.layer(), line.from());
        }
      } catch (IllegalArgumentException e) {
        throw new BadInputException(
            "network, line %d: found '%s': %s".formatted(i, lines.get(i), e.getMessage()), e);
      }
    }
    if (builder == null) {
      throw new BadInputException("network: found no line, expected one for each layer");
    }
    return builder.build();
  }

  private static String from(Node node) {
    return node.inputs().stream().map(String::valueOf).collect(Collectors.joining(","));
  }

  private static String line(String name, Node node) {
    if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
      throw new IllegalArgumentException("layer '%s': its name has a blank".formatted(name));
    }
    return name + " " + settings(node.layer());
  }

  private static String settings(Layer layer) {
    if (layer instanceof Layer.Input image) {
      Shape shape = image.shape();
      return "image channels=%d height=%d width=%d"
          .formatted(shape.channels(), shape.height(), shape.width());
    }
    if (layer instanceof Layer.Conv conv) {
      return "conv out=%d kernel=%d stride=%d padding=%d dilation=%d groups=%d bias=%b"
          .formatted(
              conv.out(),
              conv.kernel(),
              conv.stride(),
              conv.padding(),
              conv.dilation(),
              conv.groups(),
              conv.bias());
    }
    if (layer instanceof Layer.Linear linear) {
      return "linear out=%d bias=%b".formatted(linear.out(), linear.bias());
    }
    if (layer instanceof Layer.BatchNorm norm) {
      return "batch-norm affine=%b".formatted(norm.affine());
    }
    if (layer instanceof Layer.Activation activation) {
      return "activation function=" + activation.function();
    }
    if (layer instanceof Layer.Pool pool) {
      return "pool kind=%s kernel=%d stride=%d padding=%d"
          .formatted(pool.kind(), pool.kernel(), pool.stride(), pool.padding());
    }
    if (layer instanceof Layer.Pad pad) {
      return "pad top=%d bottom=%d left=%d right=%d value=%s"
          .formatted(pad.top(), pad.bottom(), pad.left(), pad.right(), pad.value());
    }
    if (layer instanceof Layer.Slice slice) {
      return "slice first=%d end=%d".formatted(slice.from(), slice.to());
    }
    if (layer instanceof Layer.Shuffle shuffle) {
      return "shuffle groups=%d".formatted(shuffle.groups());
    }
    if (layer instanceof Layer.LocalResponse response) {
      return "local-response size=%d alpha=%s beta=%s bias=%s"
          .formatted(response.size(), response.alpha(), response.beta(), response.bias());
    }
    if (layer instanceof Layer.GlobalAveragePool) {
      return "global-average-pool";
    }
    if (layer instanceof Layer.Add) {
      return "add";
    }
    if (layer instanceof Layer.Multiply) {
      return "multiply";
    }
    if (layer instanceof Layer.Concat) {
      return "concat";
    }
    if (layer instanceof Layer.Flatten) {
      return "flatten";
    }
    throw new IllegalArgumentException("%s is a choice that is still open".formatted(layer));
  }

  private record Line(String name, String kind, Map<String, String> settings) {

    static Line parse(String text) {
      String[] words = text.split(" ", -1);
      if (words.length < 2) {
        throw new IllegalArgumentException("expected a name, a kind and settings");
      }
      Map<String, String> settings = new LinkedHashMap<>();
      for (String word : Arrays.asList(words).subList(2, words.length)) {
        String[] pair = word.split("=", 2);
        if (pair.length != 2 || settings.put(pair[0], pair[1]) != null) {
          throw new IllegalArgumentException("'%s' is no setting".formatted(word));
        }
      }
      return new Line(words[0], words[1], settings);
    }

    Shape image() {
      if (!kind.equals("image")) {
        throw new IllegalArgumentException("expected an image");
      }
      return new Shape(number("channels"), number("height"), number("width"));
    }

    Layer layer() {
      return switch (kind) {
        case "conv" ->
            new Layer.Conv(
                number("out"),
                number("kernel"),
                number("stride"),
                number("padding"),
                number("dilation"),
                number("groups"),
                flag("bias"));
        case "linear" -> new Layer.Linear(number("out"), flag("bias"));
        case "batch-norm" -> new Layer.BatchNorm(flag("affine"));
        case "activation" ->
            new Layer.Activation(Layer.Activation.Function.valueOf(word("function")));
        case "pool" ->
            new Layer.Pool(
                Layer.Pool.Kind.valueOf(word("kind")),
                number("kernel"),
                number("stride"),
                number("padding"));
        case "pad" ->
            new Layer.Pad(
                number("top"), number("bottom"), number("left"), number("right"), real("value"));
        case "slice" -> new Layer.Slice(number("first"), number("end"));
        case "shuffle" -> new Layer.Shuffle(number("groups"));
        case "local-response" ->
            new Layer.LocalResponse(number("size"), real("alpha"), real("beta"), real("bias"));
        case "global-average-pool" -> new Layer.GlobalAveragePool();
        case "add" -> new Layer.Add();
        case "multiply" -> new Layer.Multiply();
        case "concat" -> new Layer.Concat();
        case "flatten" -> new Layer.Flatten();
        default -> throw new IllegalArgumentException("'%s' is no kind of layer".formatted(kind));
      };
    }

    List<Integer> from() {
      return Arrays.stream(word("from").split(",", -1)).map(Integer::parseInt).toList();
    }

    private int number(String key) {
      return Integer.parseInt(word(key));
    }

    private double real(String key) {
      return Double.parseDouble(word(key));
    }

    private boolean flag(String key) {
      return switch (word(key)) {
        case "true" -> true;
        case "false" -> false;
        default -> throw new IllegalArgumentException(key + " is neither true nor false");
      };
    }

    private String word(String key) {
      String found = settings.get(key);
      if (found == null) {
        throw new IllegalArgumentException("its %s is missing".formatted(key));
      }
      return found;
    }
  }
}
