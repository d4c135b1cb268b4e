package dev.espalier.search.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.Structure;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StructureSetTest {

  @Property(tries = 300)
  void plus_anyStructures_holdsWhatAHashSetHolds(
      @ForAll("structures") List<Structure> added, @ForAll("structures") List<Structure> asked) {
    StructureSet set = StructureSet.empty();
    Set<Structure> reference = new HashSet<>();
    for (Structure structure : added) {
      StructureSet before = set;
      set = set.plus(structure);
      assertThat(before.contains(structure)).isEqualTo(!reference.add(structure));
      assertThat(set.size()).isEqualTo(reference.size());
    }

    for (Structure structure : asked) {
      assertThat(set.contains(structure)).isEqualTo(reference.contains(structure));
    }
    for (Structure structure : added) {
      assertThat(set.contains(structure)).isTrue();
    }
  }

  /** Genes up to 100, so that hashes, which weigh genes by powers of 31, often collide. */
  @Provide
  Arbitrary<List<Structure>> structures() {
    return Arbitraries.integers()
        .between(0, 100)
        .array(int[].class)
        .ofSize(2)
        .map(Structure::of)
        .list()
        .ofMaxSize(60);
  }

  @Example
  void plus_equalHashes_keepsAllApart() {
    Structure first = Structure.of(0, 62);
    Structure second = Structure.of(1, 31);
    Structure third = Structure.of(2, 0);
    assertThat(first.hashCode()).isEqualTo(second.hashCode()).isEqualTo(third.hashCode());

    StructureSet two = StructureSet.empty().plus(first).plus(second);

    assertThat(two.contains(third)).isFalse();
    assertThat(two.plus(third).contains(third)).isTrue();
    assertThat(two.plus(third).contains(first)).isTrue();
    assertThat(two.plus(second)).isSameAs(two);
    assertThat(two.size()).isEqualTo(2);
  }

  @Example
  void plus_manyStructures_findsEachOne() {
    RandomGenerator random = new RandomStreams(3).stream("structures", 0);
    StructureSet set = StructureSet.empty();
    Set<Structure> reference = new HashSet<>();
    for (int i = 0; i < 20_000; i++) {
      Structure structure = Structure.of(random.ints(6, 0, 31).toArray());
      set = set.plus(structure);
      reference.add(structure);
    }

    assertThat(set.size()).isEqualTo(reference.size());
    assertThat(reference).allMatch(set::contains);
  }
}
