package dev.espalier.search.report;

import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.UniformWidth;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;

/**
 * Which structures are measured once more after a search, on images that chose none of them:
 * choosing rewards luck, so only these figures may be compared.
 *
 * @param contenders the best of the search, best first, then the baselines
 */
public record Confirmation(List<Contender> contenders) {

  /** Copies the contenders. */
  public Confirmation {
    contenders = List.copyOf(contenders);
  }

  /**
   * The plan: the best few of the search, the uniform-width network with the MACs of the best one,
   * and the best random one. Without a scored trial there is nothing to confirm.
   *
   * @param searched the trials of the search
   * @param random the trials of the random baseline
   * @param top how many of the search's best to confirm, at least 1
   */
  public static Confirmation plan(
      List<Trial> searched, List<Trial> random, int top, SearchSpace space, CostModel costs) {
    List<Contender> contenders = new ArrayList<>();
    List<Trial> best = Ranking.mostAccurate(top).of(searched);
    for (Trial trial : best) {
      contenders.add(new Contender(Contender.Role.SEARCHED, trial.structure()));
    }
    for (Trial trial : best.subList(0, Math.min(1, best.size()))) {
      UniformWidth.closest(space, costs, Constraints.NONE, trial.costs().macs())
          .map(uniform -> new Contender(Contender.Role.UNIFORM, uniform))
          .ifPresent(contenders::add);
    }
    for (Trial trial : Ranking.mostAccurate(1).of(random)) {
      contenders.add(new Contender(Contender.Role.RANDOM, trial.structure()));
    }
    return new Confirmation(contenders);
  }
}
