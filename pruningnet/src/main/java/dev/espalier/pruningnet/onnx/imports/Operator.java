package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.network.Layer;
import dev.espalier.search.network.Shape;
import java.util.List;
import java.util.Optional;

/**
 * An operator of an ONNX graph and its settings.
 *
 * @param file where it is, for messages
 * @param node the operator
 */
record Operator(String file, NodeProto node) {

  /** Of a stride, a padding, a dilation or a window. */
  private static final int LARGEST = 1 << 12;

  String type() {
    return node.getOpType();
  }

  String output() {
    return node.getOutput(0);
  }

  /** The name of an input; empty if there is none. */
  String input(int index) {
    return index < node.getInputCount() ? node.getInput(index) : "";
  }

  long integer(String name, long usual) {
    return attribute(name).map(AttributeProto::getI).orElse(usual);
  }

  float real(String name, float usual) {
    return attribute(name).map(AttributeProto::getF).orElse(usual);
  }

  String text(String name, String usual) {
    return attribute(name).map(found -> found.getS().toStringUtf8()).orElse(usual);
  }

  List<Long> integers(String name, List<Long> usual) {
    return attribute(name).map(AttributeProto::getIntsList).orElse(usual);
  }

  /** A setting for both directions, which must be equal. */
  int square(String name, int usual) {
    List<Long> values = integers(name, List.of((long) usual, (long) usual));
    if (values.size() != 2 || !values.get(0).equals(values.get(1))) {
      throw refused("%s is %s, expected two equal numbers".formatted(name, values));
    }
    return small(name, values.get(0));
  }

  /**
   * What is added on each side of feature maps.
   *
   * @param span of the window, with its dilation
   * @param stride of the window
   */
  Sides pads(int span, int stride, Shape in) {
    String automatic = text("auto_pad", "NOTSET");
    return switch (automatic) {
      case "NOTSET" -> Sides.of(this, integers("pads", List.of(0L, 0L, 0L, 0L)));
      case "VALID" -> Sides.NONE;
      case "SAME_UPPER" -> Sides.same(span, stride, in);
      case "SAME_LOWER" -> Sides.same(span, stride, in).turned();
      default -> throw refused("auto_pad is %s, expected pads".formatted(automatic));
    };
  }

  /** A number of a setting that is no index and no weight. */
  int small(String name, long value) {
    if (value < 0 || value > LARGEST) {
      throw refused("%s is %d, expected at most %d".formatted(name, value, LARGEST));
    }
    return (int) value;
  }

  void require(String setting, long expected, long usual) {
    long found = integer(setting, usual);
    if (found != expected) {
      throw refused("%s is %d, expected %d".formatted(setting, found, expected));
    }
  }

  /** What is wrong with it. */
  BadInputException refused(String problem) {
    return new BadInputException(
        "%s: operator %s (node '%s'): %s".formatted(file, type(), name(), problem));
  }

  /** Its name, or that of what it computes. */
  String name() {
    return node.getName().isEmpty() ? output() : node.getName();
  }

  /** Rows above and below feature maps, and columns beside them. */
  record Sides(int top, int left, int bottom, int right) {

    static final Sides NONE = new Sides(0, 0, 0, 0);

    /** In the order of ONNX: top, left, bottom, right. */
    static Sides of(Operator operator, List<Long> pads) {
      if (pads.size() != 4) {
        throw operator.refused("pads is %s, expected four numbers".formatted(pads));
      }
      int[] small = pads.stream().mapToInt(pad -> operator.small("pads", pad)).toArray();
      return new Sides(small[0], small[1], small[2], small[3]);
    }

    /** So many that a window makes one value for each of its strides, the odd one behind. */
    static Sides same(int span, int stride, Shape in) {
      int down = missing(span, stride, in.height());
      int across = missing(span, stride, in.width());
      return new Sides(down / 2, across / 2, down - down / 2, across - across / 2);
    }

    private static int missing(int span, int stride, int side) {
      return Math.max(0, (side - 1) / stride * stride + span - side);
    }

    /** The same with the odd one in front. */
    Sides turned() {
      return new Sides(bottom, right, top, left);
    }

    /** The same, and so many behind that the last window that begins inside is whole. */
    Sides upTo(int span, int stride, Shape in) {
      return new Sides(
          top,
          left,
          bottom + beyond(span, stride, in.height() + top, bottom),
          right + beyond(span, stride, in.width() + left, right));
    }

    private static int beyond(int span, int stride, int side, int behind) {
      int windows = Math.floorDiv(side + behind - span + stride - 1, stride) + 1;
      if ((windows - 1) * stride >= side) {
        windows--;
      }
      return Math.max(0, (windows - 1) * stride + span - side - behind);
    }

    boolean areEqual() {
      return top == left && left == bottom && bottom == right;
    }

    Layer.Pad layer(double value) {
      return new Layer.Pad(top, bottom, left, right, value);
    }
  }

  private Optional<AttributeProto> attribute(String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }
}
