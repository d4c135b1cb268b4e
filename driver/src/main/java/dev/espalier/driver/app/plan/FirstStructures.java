package dev.espalier.driver.app.plan;

import dev.espalier.pruningnet.sparse.Sparsity;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.ShareStructures;
import dev.espalier.search.space.Structure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleFunction;

/**
 * What an evolution tries first if scores were learned: structures that leave each layer what its
 * scores say it is worth, from a tenth of all weights to nine, sparse ones where layers may be
 * sparse and narrow ones where they may be narrow. At most a quarter of a population, so that most
 * of it stays random.
 */
public final class FirstStructures {

  private static final int TENTHS = 9;
  private static final int PART_OF_POPULATION = 4;

  private FirstStructures() {}

  /**
   * The structures that meet the job's constraints, evenly spread from the smallest to the largest.
   *
   * @param learned what each layer keeps if the network keeps a share of all weights
   */
  public static List<Structure> of(JobPlan plan, DoubleFunction<Sparsity> learned) {
    SearchSpace space = plan.space();
    Set<Structure> allowed = new LinkedHashSet<>();
    for (int tenth = 1; tenth <= TENTHS; tenth++) {
      Sparsity sparsity = learned.apply(tenth / 10.0);
      List.of(
              ShareStructures.sparse(space, sparsity::fraction),
              ShareStructures.narrow(space, sparsity::fraction))
          .stream()
          .filter(plan.domain()::allows)
          .forEach(allowed::add);
    }
    return spread(List.copyOf(allowed), population(plan) / PART_OF_POPULATION);
  }

  private static List<Structure> spread(List<Structure> all, int most) {
    List<Structure> spread = new ArrayList<>();
    int taken = Math.min(all.size(), most);
    for (int i = 0; i < taken; i++) {
      spread.add(all.get(i * all.size() / taken));
    }
    return spread;
  }

  private static int population(JobPlan plan) {
    return switch (plan.spec().search().strategy()) {
      case METAPRUNING -> plan.spec().search().metapruning().population();
      case NSGA2 -> plan.spec().search().nsga2().population();
      case RANDOM -> 0;
    };
  }
}
