package dev.espalier.pruningnet.scoring.script;

import dev.espalier.search.network.Node;
import java.util.List;

/**
 * A method of a program.
 *
 * @param source its text
 * @param slots the nodes whose tensors it takes, two each, in this order
 */
record Method(String source, List<Node> slots) {

  Method {
    slots = List.copyOf(slots);
  }
}
