package dev.espalier.search.space;

import dev.espalier.search.digest.Sha256;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * One point of a {@link SearchSpace}: for each gene the index of its chosen value. The genome of
 * the search, the key of the score cache and what the CLI prints. Immutable.
 *
 * <p>Its text, {@code 30-12-5}, is the canonical form; {@link #digest()} is the SHA-256 of that
 * text and {@link #id()} its first eight hexadecimal digits.
 */
public final class Structure implements Comparable<Structure> {

  private final int[] genes;

  private Structure(int[] genes) {
    this.genes = genes;
  }

  /** A structure from the chosen index of each gene; the array is copied. */
  public static Structure of(int... genes) {
    for (int gene : genes) {
      if (gene < 0) {
        throw new IllegalArgumentException("structure: a gene cannot be negative, found " + gene);
      }
    }
    return new Structure(genes.clone());
  }

  /** Reads the canonical text back; an {@link IllegalArgumentException} names what is wrong. */
  public static Structure parse(String text) {
    String[] parts = text.split("-", -1);
    int[] genes = new int[parts.length];
    for (int i = 0; i < parts.length; i++) {
      if (!parts[i].matches("\\d{1,9}")) {
        throw new IllegalArgumentException(
            "structure '%s': gene %d is '%s', expected a number; a structure reads like 30-12-5"
                .formatted(text, i, parts[i]));
      }
      genes[i] = Integer.parseInt(parts[i]);
    }
    return new Structure(genes);
  }

  /** The chosen index of a gene. */
  public int gene(int index) {
    return genes[index];
  }

  /** Number of genes. */
  public int length() {
    return genes.length;
  }

  /** A copy of all genes. */
  public int[] toArray() {
    return genes.clone();
  }

  /** SHA-256 of the canonical text, as 64 hexadecimal digits. */
  public String digest() {
    return Sha256.of(toString());
  }

  /** The first eight digits of the digest: what people type. */
  public String id() {
    return digest().substring(0, 8);
  }

  @Override
  public int compareTo(Structure other) {
    return Arrays.compare(genes, other.genes);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Structure structure && Arrays.equals(genes, structure.genes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(genes);
  }

  @Override
  public String toString() {
    return Arrays.stream(genes).mapToObj(Integer::toString).collect(Collectors.joining("-"));
  }
}
