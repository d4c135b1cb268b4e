package dev.espalier.search.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class ParetoArchiveTest {

  private static final Objectives OBJECTIVES = Objectives.of(Metric.MACS, Metric.PARAMETERS);
  private static final ParetoArchive EMPTY = ParetoArchive.empty(OBJECTIVES);

  @Property(tries = 300)
  void plus_anyTrials_keepsThoseThatNoneDominates(@ForAll("trials") List<Trial> trials) {
    ParetoArchive archive = EMPTY;
    for (Trial trial : trials) {
      archive = archive.plus(trial);
    }

    assertThat(archive.front()).isEqualTo(slowFront(trials));
  }

  @Provide
  Arbitrary<List<Trial>> trials() {
    Arbitrary<int[]> figures = Arbitraries.integers().between(0, 6).array(int[].class).ofSize(3);
    return figures
        .list()
        .ofMaxSize(25)
        .map(
            list -> {
              List<Trial> trials = new ArrayList<>();
              for (int[] f : list) {
                trials.add(
                    f[0] == 6
                        ? Trials.failed(trials.size())
                        : Trials.scored(trials.size(), f[0], f[1], f[2]));
              }
              return trials;
            });
  }

  /** By definition: not dominated by any, and the first of its equals. */
  private static List<Trial> slowFront(List<Trial> trials) {
    List<Trial> scored = trials.stream().filter(Trial::scored).toList();
    List<Trial> front = new ArrayList<>();
    for (Trial trial : scored) {
      double[] own = OBJECTIVES.of(trial);
      boolean beaten =
          scored.stream().anyMatch(other -> Objectives.dominates(OBJECTIVES.of(other), own));
      boolean repeats = front.stream().anyMatch(other -> Arrays.equals(OBJECTIVES.of(other), own));
      if (!beaten && !repeats) {
        front.add(trial);
      }
    }
    front.sort(
        Comparator.comparingDouble(Trial::accuracy).reversed().thenComparingLong(Trial::index));
    return front;
  }

  @Example
  void plus_worseEqualOrFailedTrial_isTheSameArchive() {
    ParetoArchive archive = EMPTY.plus(Trials.scored(0, 50, 10, 10));

    assertThat(archive.plus(Trials.scored(1, 50, 10, 10))).isSameAs(archive);
    assertThat(archive.plus(Trials.scored(2, 49, 10, 10))).isSameAs(archive);
    assertThat(archive.plus(Trials.failed(3))).isSameAs(archive);
    assertThat(archive.size()).isEqualTo(1);
  }
}
