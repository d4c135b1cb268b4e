package dev.espalier.driver.app.plan;

import dev.espalier.search.job.SearchSpec;
import dev.espalier.search.strategy.Domain;
import dev.espalier.search.strategy.MetaPruningEvolution;
import dev.espalier.search.strategy.NsgaII;
import dev.espalier.search.strategy.RandomSearch;
import dev.espalier.search.strategy.SearchStrategy;

/** The strategy that a job names, with its settings. */
public final class Strategies {

  private Strategies() {}

  public static SearchStrategy<?> of(JobPlan plan) {
    SearchSpec search = plan.spec().search();
    Domain domain = plan.domain();
    return switch (search.strategy()) {
      case METAPRUNING -> new MetaPruningEvolution(domain, search.metapruning());
      case NSGA2 -> new NsgaII(domain, plan.objectives(), search.nsga2());
      case RANDOM -> new RandomSearch(domain);
    };
  }
}
