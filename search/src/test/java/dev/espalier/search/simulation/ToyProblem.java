package dev.espalier.search.simulation;

import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Constraint;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Outcome;
import dev.espalier.search.network.Shape;
import dev.espalier.search.network.Zoo;
import dev.espalier.search.space.RatioGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.Domain;

/**
 * The space of ResNet-20 with costs and scores by formula: MACs are the sum of products of
 * neighbouring widths, and accuracy grows with the root of each width, with a weight of its own per
 * gene, so that spending MACs in the right place pays.
 */
public final class ToyProblem {

  private static final long IMAGES = 100_000;

  /** The space of ResNet-20 at 32x32. */
  public static final SearchSpace SPACE =
      SearchSpace.of(Zoo.network("resnet20", new Shape(3, 32, 32), 10), RatioGrid.METAPRUNING);

  /** Costs by formula. */
  public static final CostModel COSTS = ToyProblem::costs;

  /** Accuracy against MACs. */
  public static final Objectives OBJECTIVES = Objectives.of(Metric.MACS);

  /** Every structure. */
  public static final Domain EVERYTHING = new Domain(SPACE, COSTS, Constraints.NONE);

  private ToyProblem() {}

  /** Structures with at most half of the widest one's MACs. */
  public static Domain halfOfTheMacs() {
    return between(0, costs(SPACE.widest()).macs() / 2);
  }

  /** Structures with MACs in a band. */
  public static Domain between(long least, long most) {
    return new Domain(SPACE, COSTS, Constraints.of(new Constraint(Metric.MACS, least, most)));
  }

  /** The score of a structure; every 17th or so fails. */
  public static Outcome outcome(Structure structure) {
    if (Math.floorMod(structure.hashCode(), 17) == 0) {
      return new Outcome.Failed(Outcome.Failed.Kind.NOT_FINITE, "as the formula has it");
    }
    double sum = 0;
    double weights = 0;
    for (int i = 0; i < structure.length(); i++) {
      double weight = 1 + (i * 7) % 5;
      sum += weight * Math.sqrt((structure.gene(i) + 1) / 31.0);
      weights += weight;
    }
    return new Outcome.Scored(Math.round(IMAGES * sum / weights), IMAGES);
  }

  private static Costs costs(Structure structure) {
    long macs = 0;
    for (int i = 1; i < structure.length(); i++) {
      macs += (structure.gene(i - 1) + 4L) * (structure.gene(i) + 4L);
    }
    return new Costs(1000 * macs, macs, 4 * macs, macs);
  }
}
