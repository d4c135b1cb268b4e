package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NonDominatedSortTest {

  @Property(tries = 300)
  void fronts_anyVectors_equalPeelingOffOneFrontAfterTheOther(
      @ForAll("vectors") List<double[]> vectors) {
    assertThat(NonDominatedSort.fronts(vectors)).isEqualTo(peeled(vectors));
  }

  @Provide
  Arbitrary<List<double[]>> vectors() {
    return Arbitraries.integers()
        .between(0, 5)
        .map(i -> (double) i)
        .list()
        .ofSize(3)
        .map(list -> list.stream().mapToDouble(x -> x).toArray())
        .list()
        .ofMaxSize(30);
  }

  private static List<List<Integer>> peeled(List<double[]> vectors) {
    List<Integer> left = new ArrayList<>(IntStream.range(0, vectors.size()).boxed().toList());
    List<List<Integer>> fronts = new ArrayList<>();
    while (!left.isEmpty()) {
      List<Integer> rest = List.copyOf(left);
      List<Integer> front =
          rest.stream()
              .filter(
                  i ->
                      rest.stream()
                          .noneMatch(j -> Objectives.dominates(vectors.get(j), vectors.get(i))))
              .toList();
      fronts.add(front);
      left.removeAll(front);
    }
    return fronts;
  }
}
