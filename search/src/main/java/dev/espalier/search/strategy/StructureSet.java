package dev.espalier.search.strategy;

import dev.espalier.search.space.Structure;
import java.util.Arrays;

/**
 * A set of structures in which adding one makes a new set that shares all but a path of about
 * log32(n) small arrays with the old one: a hash array mapped trie, "Ideal Hash Trees" (2001).
 *
 * <p>Immutable and thread-safe.
 */
public final class StructureSet {

  private static final int BITS = 5;

  /** Below this depth the 32 bits of the hash are used up and a node is a plain list. */
  private static final int LIST_SHIFT = 35;

  private static final StructureSet EMPTY = new StructureSet(new Node(0, new Object[0]), 0);

  /** Slots hold a {@link Structure} or a {@link Node}, one for each set bit of the map. */
  private static final class Node {
    private final int map;
    private final Object[] slots;

    Node(int map, Object[] slots) {
      this.map = map;
      this.slots = slots;
    }
  }

  private final Node root;
  private final int size;

  private StructureSet(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  /** The set without structures. */
  public static StructureSet empty() {
    return EMPTY;
  }

  /** Number of structures. */
  public int size() {
    return size;
  }

  /** Whether a structure is in the set. */
  public boolean contains(Structure structure) {
    int hash = hash(structure);
    Node node = root;
    for (int shift = 0; shift < LIST_SHIFT; shift += BITS) {
      int bit = bit(hash, shift);
      if ((node.map & bit) == 0) {
        return false;
      }
      Object slot = node.slots[position(node, bit)];
      if (slot instanceof Node below) {
        node = below;
      } else {
        return structure.equals(slot);
      }
    }
    return Arrays.asList(node.slots).contains(structure);
  }

  /** The set with a structure; this very set if it is there already. */
  public StructureSet plus(Structure structure) {
    if (contains(structure)) {
      return this;
    }
    return new StructureSet(plus(root, structure, hash(structure), 0), size + 1);
  }

  private static Node plus(Node node, Structure structure, int hash, int shift) {
    if (shift >= LIST_SHIFT) {
      return new Node(0, insert(node.slots, node.slots.length, structure));
    }
    int bit = bit(hash, shift);
    int position = position(node, bit);
    if ((node.map & bit) == 0) {
      return new Node(node.map | bit, insert(node.slots, position, structure));
    }
    Object slot = node.slots[position];
    Node below =
        slot instanceof Node deeper
            ? deeper
            : plus(new Node(0, new Object[0]), (Structure) slot, hash(slot), shift + BITS);
    Object[] slots = node.slots.clone();
    slots[position] = plus(below, structure, hash, shift + BITS);
    return new Node(node.map, slots);
  }

  private static Object[] insert(Object[] slots, int position, Object slot) {
    Object[] wider = new Object[slots.length + 1];
    System.arraycopy(slots, 0, wider, 0, position);
    wider[position] = slot;
    System.arraycopy(slots, position, wider, position + 1, slots.length - position);
    return wider;
  }

  private static int hash(Object structure) {
    int hash = structure.hashCode();
    return hash ^ (hash >>> 16);
  }

  private static int bit(int hash, int shift) {
    return 1 << ((hash >>> shift) & 31);
  }

  private static int position(Node node, int bit) {
    return Integer.bitCount(node.map & (bit - 1));
  }
}
