package dev.espalier.pruningnet.onnx.imports;

import java.util.HashSet;
import java.util.Set;

/** Names of layers, each unlike all others. Not thread-safe. */
final class LayerNames {

  private final Set<String> names = new HashSet<>(Set.of("image"));

  /** A name without blanks that no layer has yet. */
  String unique(String wanted) {
    String name =
        wanted.isEmpty()
            ? "layer"
            : wanted
                .codePoints()
                .map(letter -> Character.isWhitespace(letter) ? '_' : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    String free = name;
    for (int i = 2; !names.add(free); i++) {
      free = name + "-" + i;
    }
    return free;
  }
}
