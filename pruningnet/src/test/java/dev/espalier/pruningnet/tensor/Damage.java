package dev.espalier.pruningnet.tensor;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.UnaryOperator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** What can become of the bytes of a file. */
public final class Damage {

  private static final int[] NUMBERS = {
    Integer.MIN_VALUE, -1, 0, 1, 0xffff, 1 << 20, 1 << 26, Integer.MAX_VALUE - 4, Integer.MAX_VALUE
  };

  private Damage() {}

  /**
   * Bytes that once were these: bits flipped, lengths replaced, pieces lost, doubled or cut off.
   */
  public static Arbitrary<byte[]> of(byte[] whole) {
    Arbitrary<Integer> places = Arbitraries.integers().between(0, whole.length - 1);
    Arbitrary<Integer> lengths = Arbitraries.integers().between(0, 40);
    Arbitrary<UnaryOperator<byte[]>> flips =
        Combinators.combine(places, Arbitraries.integers().between(0, 7))
            .as((place, bit) -> bytes -> flip(bytes, place, bit));
    Arbitrary<UnaryOperator<byte[]>> numbers =
        Combinators.combine(places, Arbitraries.integers().between(0, NUMBERS.length - 1))
            .as((place, which) -> bytes -> number(bytes, place, NUMBERS[which]));
    Arbitrary<UnaryOperator<byte[]>> cuts =
        places.map(place -> bytes -> Arrays.copyOf(bytes, Math.min(place, bytes.length)));
    Arbitrary<UnaryOperator<byte[]>> moves =
        Combinators.combine(places, places, lengths)
            .as((from, to, length) -> bytes -> splice(bytes, from, to, length));
    return Arbitraries.oneOf(flips, numbers, cuts, moves)
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .map(
            damages -> {
              byte[] bytes = whole.clone();
              for (UnaryOperator<byte[]> damage : damages) {
                bytes = damage.apply(bytes);
              }
              return bytes;
            });
  }

  private static byte[] flip(byte[] bytes, int place, int bit) {
    byte[] flipped = bytes.clone();
    if (place < flipped.length) {
      flipped[place] ^= (byte) (1 << bit);
    }
    return flipped;
  }

  private static byte[] number(byte[] bytes, int place, int number) {
    byte[] replaced = bytes.clone();
    if (place + Integer.BYTES <= replaced.length) {
      ByteBuffer.wrap(replaced).putInt(place, number);
    }
    return replaced;
  }

  /** The bytes up to a place, some from another place, and the rest. */
  private static byte[] splice(byte[] bytes, int from, int to, int length) {
    int first = Math.min(from, bytes.length);
    int rest = Math.min(to, bytes.length);
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, first);
    spliced.write(bytes, rest, Math.min(length, bytes.length - rest));
    spliced.write(bytes, first, bytes.length - first);
    return spliced.toByteArray();
  }
}
