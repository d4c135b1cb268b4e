package dev.espalier.pruningnet.scoring;

import dev.espalier.search.report.Difference;
import java.util.Base64;
import java.util.BitSet;

/**
 * Which images of a split a network classifies correctly, in the split's order: what it takes to
 * compare two networks image by image.
 */
public final class Answers {

  private final BitSet correct;
  private final int images;
  private final int notFinite;

  /** Copies the bits. */
  Answers(BitSet correct, int images, int notFinite) {
    this.correct = (BitSet) correct.clone();
    this.images = images;
    this.notFinite = notFinite;
  }

  /** How many there are. */
  public ShardScore score() {
    return new ShardScore(correct.cardinality(), images, notFinite);
  }

  /**
   * How often this network and another were right about the same images.
   *
   * @param other answers about the same split
   */
  public Difference.Pairs against(Answers other) {
    if (images != other.images) {
      throw new IllegalArgumentException(
          "answers: about %d and %d images".formatted(images, other.images));
    }
    BitSet shared = (BitSet) correct.clone();
    shared.and(other.correct);
    int both = shared.cardinality();
    int mine = correct.cardinality() - both;
    int others = other.correct.cardinality() - both;
    return new Difference.Pairs(both, mine, others, images - both - mine - others);
  }

  /** The answers as text: one bit an image, in Base64. */
  public String text() {
    return "%d %d %s"
        .formatted(images, notFinite, Base64.getEncoder().encodeToString(correct.toByteArray()));
  }

  /**
   * Reads {@link #text()}.
   *
   * @throws IllegalArgumentException if it is none
   */
  public static Answers parse(String text) {
    String[] parts = text.split(" ", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("answers: '%s' is none".formatted(text));
    }
    int images = Integer.parseInt(parts[0]);
    BitSet correct = BitSet.valueOf(Base64.getDecoder().decode(parts[2]));
    if (correct.length() > images) {
      throw new IllegalArgumentException(
          "answers: found %d, expected %d".formatted(correct.length(), images));
    }
    return new Answers(correct, images, Integer.parseInt(parts[1]));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Answers answers
        && images == answers.images
        && notFinite == answers.notFinite
        && correct.equals(answers.correct);
  }

  @Override
  public int hashCode() {
    return correct.hashCode();
  }

  @Override
  public String toString() {
    return score().toString();
  }
}
