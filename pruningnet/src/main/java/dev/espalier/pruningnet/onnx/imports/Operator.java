package dev.espalier.pruningnet.onnx.imports;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import dev.espalier.search.job.BadInputException;
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
   * Zeros added on each side, which must be the same on all of them.
   *
   * @param span of the window, with its dilation
   * @param stride of the window
   */
  int padding(int span, int stride) {
    String automatic = text("auto_pad", "NOTSET");
    if (automatic.startsWith("SAME") && stride == 1 && span % 2 == 1) {
      return span / 2;
    }
    if (!automatic.equals("NOTSET") && !automatic.equals("VALID")) {
      throw refused("auto_pad is %s, expected pads".formatted(automatic));
    }
    List<Long> pads = integers("pads", List.of(0L, 0L, 0L, 0L));
    if (pads.size() != 4 || pads.stream().distinct().count() != 1) {
      throw refused("pads is %s, expected the same on each side".formatted(pads));
    }
    return small("pads", pads.get(0));
  }

  private int small(String name, long value) {
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

  private Optional<AttributeProto> attribute(String name) {
    return node.getAttributeList().stream()
        .filter(attribute -> attribute.getName().equals(name))
        .findFirst();
  }
}
