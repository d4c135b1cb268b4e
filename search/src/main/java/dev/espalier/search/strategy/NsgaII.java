package dev.espalier.search.strategy;

import dev.espalier.search.archive.CrowdingDistance;
import dev.espalier.search.archive.NonDominatedSort;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.operator.Mutation;
import dev.espalier.search.operator.Tournament;
import dev.espalier.search.operator.UniformCrossover;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * NSGA-II, accuracy against one or more costs: parents survive by front (fast non-dominated sort)
 * and, within the front that does not fit whole, by crowding distance; children come from binary
 * tournaments, uniform crossover and mutation. "A fast and elitist multiobjective genetic
 * algorithm: NSGA-II" (2002).
 *
 * <p>Differs from the paper in two ways: generations overlap, see {@link Generations}, and a child
 * that is infeasible or was proposed before is drawn again, up to ten times, then repaired, and
 * then gives its place to a random structure.
 */
public final class NsgaII implements SearchStrategy<Generations> {

  private static final Tournament BINARY_TOURNAMENT = new Tournament(2);

  private final Domain domain;
  private final Objectives objectives;
  private final SearchSpec.Nsga2 settings;
  private final Mutation mutation;
  private final UniformCrossover crossover = new UniformCrossover();

  /** NSGA-II over the feasible structures of a domain. */
  public NsgaII(Domain domain, Objectives objectives, SearchSpec.Nsga2 settings) {
    this.domain = domain;
    this.objectives = objectives;
    this.settings = settings;
    this.mutation = Mutation.of(domain.space(), settings.mutationRate());
  }

  @Override
  public Generations start() {
    return Generations.NONE;
  }

  @Override
  public Optional<Proposal<Generations>> ask(Generations state, Turn turn) {
    Generations now = state.at(turn.index(), settings.population(), this::survivors);
    RandomGenerator random = turn.random();
    return domain
        .first(turn)
        .or(() -> child(now.parents(), turn, random))
        .or(() -> domain.random(turn, random))
        .map(structure -> new Proposal<>(structure, now));
  }

  @Override
  public Generations tell(Generations state, Trial trial) {
    return state.plus(trial, this::survivors);
  }

  /** Survivors in the order of the crowded comparison: by front, then the loneliest first. */
  private List<Trial> survivors(List<Trial> trials) {
    List<double[]> vectors = trials.stream().map(objectives::of).toList();
    List<Trial> survivors = new ArrayList<>();
    for (List<Integer> front : NonDominatedSort.fronts(vectors)) {
      double[] distance = CrowdingDistance.of(front.stream().map(vectors::get).toList());
      IntStream.range(0, front.size())
          .boxed()
          .sorted(Comparator.comparingDouble((Integer i) -> distance[i]).reversed())
          .forEach(i -> survivors.add(trials.get(front.get(i))));
    }
    return survivors.subList(0, Math.min(settings.population(), survivors.size()));
  }

  private Optional<Structure> child(List<Trial> parents, Turn turn, RandomGenerator random) {
    return parents.isEmpty()
        ? Optional.empty()
        : domain.child(() -> child(parents, random), turn, random);
  }

  private Structure child(List<Trial> parents, RandomGenerator random) {
    Structure first = parent(parents, random);
    Structure child =
        random.nextDouble() < settings.crossoverRate()
            ? crossover.cross(first, parent(parents, random), random)
            : first;
    return mutation.mutate(child, random);
  }

  private static Structure parent(List<Trial> parents, RandomGenerator random) {
    return BINARY_TOURNAMENT.select(parents, random).structure();
  }
}
