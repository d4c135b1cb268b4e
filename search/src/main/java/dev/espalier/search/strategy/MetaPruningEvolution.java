package dev.espalier.search.strategy;

import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.operator.Mutation;
import dev.espalier.search.operator.Tournament;
import dev.espalier.search.operator.UniformCrossover;
import dev.espalier.search.space.Structure;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The evolutionary search of "MetaPruning: Meta Learning for Automatic Neural Network Channel
 * Pruning" (2019): the first generation is random; each later one is made of mutations and then
 * uniform crossovers of the most accurate trials so far. A child that is infeasible or was proposed
 * before is drawn again, up to ten times, and then gives its place to a random structure.
 *
 * <p>Differs from the paper in two ways: generations overlap, see {@link Generations}, and where
 * ten draws found no feasible child, the last one is repaired before a random structure is taken.
 */
public final class MetaPruningEvolution implements SearchStrategy<Generations> {

  private static final Tournament UNIFORM_CHOICE = new Tournament(1);
  private static final Comparator<Trial> MOST_ACCURATE_FIRST =
      Comparator.comparingDouble(Trial::accuracy).reversed().thenComparingLong(Trial::index);

  private final Domain domain;
  private final SearchSpec.MetaPruning settings;
  private final Mutation mutation;
  private final UniformCrossover crossover = new UniformCrossover();

  /** The evolution over the feasible structures of a domain. */
  public MetaPruningEvolution(Domain domain, SearchSpec.MetaPruning settings) {
    this.domain = domain;
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

  private List<Trial> survivors(List<Trial> trials) {
    return trials.stream().sorted(MOST_ACCURATE_FIRST).limit(settings.parents()).toList();
  }

  private Optional<Structure> child(List<Trial> parents, Turn turn, RandomGenerator random) {
    long place = turn.index() % settings.population();
    if (parents.isEmpty() || place >= settings.mutations() + settings.crossovers()) {
      return Optional.empty();
    }
    return domain.child(
        () ->
            place < settings.mutations()
                ? mutation.mutate(parent(parents, random), random)
                : crossover.cross(parent(parents, random), parent(parents, random), random),
        turn,
        random);
  }

  private static Structure parent(List<Trial> parents, RandomGenerator random) {
    return UNIFORM_CHOICE.select(parents, random).structure();
  }
}
