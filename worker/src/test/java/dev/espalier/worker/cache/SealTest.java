package dev.espalier.worker.cache;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

final class SealTest {

  @Provide
  Arbitrary<Seal> seals() {
    return Arbitraries.of(Seal.of(""), Seal.of("0a0b0c0d"));
  }

  @Property(tries = 200)
  void open_closed_givesTheValue(
      @ForAll("seals") Seal seal, @ForAll String key, @ForAll byte[] value) {
    assertThat(seal.open(key, seal.close(key, value))).hasValue(value);
  }

  @Property(tries = 200)
  void open_oneBitChanged_isEmpty(
      @ForAll("seals") Seal seal,
      @ForAll String key,
      @ForAll byte[] value,
      @ForAll @IntRange(min = 0, max = 1_000_000) int bit) {
    byte[] tagged = seal.close(key, value);
    int position = bit % (tagged.length * Byte.SIZE);
    tagged[position / Byte.SIZE] ^= (byte) (1 << (position % Byte.SIZE));

    assertThat(seal.open(key, tagged)).isEmpty();
  }

  @Property(tries = 100)
  void open_anotherKey_isEmpty(
      @ForAll("seals") Seal seal, @ForAll String key, @ForAll byte[] value) {
    assertThat(seal.open(key + "x", seal.close(key, value))).isEmpty();
  }

  @Property(tries = 50)
  void open_shorterThanATag_isEmpty(@ForAll("seals") Seal seal, @ForAll byte[] any) {
    byte[] cut = java.util.Arrays.copyOf(any, Math.min(any.length, seal.tagLength() - 1));

    assertThat(seal.open("key", cut)).isEmpty();
  }
}
