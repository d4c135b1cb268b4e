package dev.espalier.search.job;

import java.util.List;
import java.util.stream.Stream;

/**
 * How structures are chosen.
 *
 * @param strategy which of the methods proposes structures
 * @param seed the one seed of the search
 * @param budget structures to evaluate
 * @param window structures that may be under way at once; part of the job, so that the number of
 *     workers cannot change the search
 * @param objectives metrics to keep small next to accuracy, for the front and for {@code nsga2}
 * @param first structures that an evolution tries before any other, by their genes
 * @param metapruning settings of {@code metapruning}
 * @param nsga2 settings of {@code nsga2}
 */
public record SearchSpec(
    Strategy strategy,
    long seed,
    int budget,
    int window,
    List<String> objectives,
    List<String> first,
    MetaPruning metapruning,
    Nsga2 nsga2) {

  /** MetaPruning's evolution over 1,000 structures. */
  public static final SearchSpec DEFAULT =
      new SearchSpec(
          Strategy.METAPRUNING,
          1,
          1000,
          8,
          List.of("macs"),
          List.of(),
          MetaPruning.DEFAULT,
          Nsga2.DEFAULT);

  /** Copies the lists, so that a job never changes. */
  public SearchSpec {
    objectives = List.copyOf(objectives);
    first = List.copyOf(first);
  }

  /** The same search which tries more structures first, after those that it has. */
  public SearchSpec withFirst(List<String> more) {
    List<String> all = Stream.concat(first.stream(), more.stream()).distinct().toList();
    return new SearchSpec(strategy, seed, budget, window, objectives, all, metapruning, nsga2);
  }

  /** The methods. */
  public enum Strategy {
    /** The evolution of "MetaPruning" (2019). */
    METAPRUNING,
    /** "A Fast and Elitist Multiobjective Genetic Algorithm: NSGA-II" (2002). */
    NSGA2,
    /** Structures drawn uniformly: the honest baseline. */
    RANDOM
  }

  /**
   * Settings of MetaPruning's evolution. What mutation and crossover leave of a population is drawn
   * at random.
   *
   * @param population structures per generation
   * @param parents best structures so far that breed
   * @param mutations structures of a generation made by mutation
   * @param crossovers structures of a generation made by uniform crossover
   * @param mutationRate chance of each gene to change in a mutation
   */
  public record MetaPruning(
      int population, int parents, int mutations, int crossovers, double mutationRate) {

    /** The paper's settings. */
    public static final MetaPruning DEFAULT = new MetaPruning(50, 10, 25, 25, 0.1);

    /** Refuses settings that cannot be met together. */
    public MetaPruning {
      if (mutations + crossovers > population) {
        throw new BadInputException(
            "search.metapruning.population: found %d, expected at least mutations + crossovers (%d)"
                .formatted(population, mutations + crossovers));
      }
      if (parents > population) {
        throw new BadInputException(
            "search.metapruning.parents: found %d, expected at most population (%d)"
                .formatted(parents, population));
      }
    }
  }

  /**
   * Settings of NSGA-II.
   *
   * @param population structures per generation
   * @param crossoverRate chance that two parents are crossed
   * @param mutationRate chance of each gene of a child to change
   */
  public record Nsga2(int population, double crossoverRate, double mutationRate) {

    /** Settings for spaces of some tens of genes. */
    public static final Nsga2 DEFAULT = new Nsga2(50, 0.9, 0.1);
  }
}
