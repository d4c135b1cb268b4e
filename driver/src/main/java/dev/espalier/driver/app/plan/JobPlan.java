package dev.espalier.driver.app.plan;

import dev.espalier.pruningnet.dataset.DatasetInfo;
import dev.espalier.search.archive.Objectives;
import dev.espalier.search.cost.Constraints;
import dev.espalier.search.cost.CostModel;
import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.Feasible;
import dev.espalier.search.cost.FormulaCosts;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.digest.Sha256;
import dev.espalier.search.job.BadInputException;
import dev.espalier.search.job.JobSpec;
import dev.espalier.search.random.RandomStreams;
import dev.espalier.search.space.KeptGrid;
import dev.espalier.search.space.SearchSpace;
import dev.espalier.search.space.Structure;
import dev.espalier.search.strategy.Domain;
import java.util.List;
import java.util.Locale;

/**
 * What a job file means for a data set: everything that is known before a tensor is touched.
 *
 * @param spec what was asked for
 * @param data what is known of the images
 * @param space the structures of the network
 * @param costs prices them
 * @param constraints what each must meet
 * @param streams the search's random streams
 */
public record JobPlan(
    JobSpec spec,
    DatasetInfo data,
    SearchSpace space,
    CostModel costs,
    Constraints constraints,
    RandomStreams streams) {

  /**
   * Builds the network for the data, and the space over it.
   *
   * @throws BadInputException if the network is unknown or does not fit the images, or if nothing
   *     meets the constraints, or the device is not known as the job needs it
   */
  public static JobPlan of(JobSpec spec, DatasetInfo data) {
    SearchSpace space = space(spec, data);
    CostModel costs = DeviceCosts.of(spec, space, FormulaCosts.of(space, spec.network().batch()));
    Constraints constraints = Constraints.from(spec.constraints(), costs.costs(space.widest()));
    RandomStreams streams = new RandomStreams(spec.search().seed());
    Feasible.check(space, costs, constraints, streams.stream("feasible", 0));
    JobPlan plan = new JobPlan(spec, data, space, costs, constraints, streams);
    plan.first().forEach(plan::requireAllowed);
    return plan;
  }

  /**
   * The structures of a job alone, whatever they cost.
   *
   * @throws BadInputException if the network is unknown or does not fit the images
   */
  public static SearchSpace space(JobSpec spec, DatasetInfo data) {
    return SearchSpace.from(Networks.of(spec.network(), data), spec.space());
  }

  /**
   * The plan of a job; if its architecture is open, that of a random one, whose costs show what to
   * expect. Constraints are checked again when the architecture is found.
   *
   * @throws BadInputException as above, or if there is a latency table: it is of one network
   */
  public static JobPlan outlined(JobSpec spec, DatasetInfo data) {
    if (!Networks.isOpen(spec.network())) {
      return of(spec, data);
    }
    if (!spec.device().latency().isEmpty()) {
      throw new BadInputException(
          "device.latency: a table is of one network, but the job is to find one among %s, expected network.architecture too. Maybe find the network first, in a job without device.latency, and profile it?"
              .formatted(spec.network().name()));
    }
    String any =
        Networks.space(spec.network(), data)
            .orElseThrow()
            .random(new RandomStreams(spec.network().differentiable().seed()).stream("outline", 0))
            .text();
    return of(spec.withArchitecture(any, List.of()), data);
  }

  /** Digest of the network and of the widths that its structures stand for. */
  public String networkDigest() {
    String kept = space.keptGrid().equals(KeptGrid.DENSE) ? "" : space.keptGrid().toString();
    return Sha256.of(space.network().describe() + space.grid() + kept + space.genes());
  }

  /** Costs of the unpruned network. */
  public Costs full() {
    return costs.costs(space.widest());
  }

  /** Name of the strategy, as job files write it. */
  public String strategy() {
    return spec.search().strategy().name().toLowerCase(Locale.ROOT);
  }

  /** What the front weighs. */
  public Objectives objectives() {
    return new Objectives(spec.search().objectives().stream().map(Metric::parse).toList());
  }

  /** What strategies may propose. */
  public Domain domain() {
    return new Domain(space, costs, constraints, first());
  }

  private List<Structure> first() {
    return spec.search().first().stream().map(this::first).toList();
  }

  private Structure first(String genes) {
    try {
      Structure structure = Structure.parse(genes);
      space.check(structure);
      return structure;
    } catch (IllegalArgumentException e) {
      throw new BadInputException("search.first: " + e.getMessage(), e);
    }
  }

  private void requireAllowed(Structure first) {
    List<String> violations = constraints.violations(costs.costs(first));
    if (!violations.isEmpty()) {
      throw new BadInputException(
          "search.first: structure %s does not meet the constraints: %s"
              .formatted(first, String.join(", ", violations)));
    }
  }
}
