package dev.espalier.search.job;

import java.util.List;

/**
 * One job: train a PruningNet for a network over a data set, then search structures within the
 * constraints. Equal specs are the same job.
 *
 * @param network the network to prune
 * @param data the images
 * @param pruningNet how the weights are learned
 * @param space which structures there are
 * @param search how structures are chosen
 * @param constraints what every structure must meet; none by default
 * @param evaluation how one structure is measured
 * @param confirmation what is measured on images that never chose a structure
 * @param output what people see, and how soon
 */
public record JobSpec(
    NetworkSpec network,
    DataSpec data,
    PruningNetSpec pruningNet,
    SpaceSpec space,
    SearchSpec search,
    List<ConstraintSpec> constraints,
    EvaluationSpec evaluation,
    ConfirmationSpec confirmation,
    OutputSpec output) {

  /** Copies the constraints, so that a job never changes. */
  public JobSpec {
    constraints = List.copyOf(constraints);
  }

  /** The part of the job that decides what it finds: all but its output. */
  public JobSpec withoutOutput() {
    return new JobSpec(
        network,
        data,
        pruningNet,
        space,
        search,
        constraints,
        evaluation,
        confirmation,
        OutputSpec.DEFAULT);
  }

  /**
   * The same job once the architecture of its network is found.
   *
   * @param first structures to try first, by their genes
   */
  public JobSpec withArchitecture(String found, List<String> first) {
    return new JobSpec(
        network.with(found),
        data,
        pruningNet,
        space,
        search.withFirst(first),
        constraints,
        evaluation,
        confirmation,
        output);
  }

  /** A job with every default, over a network and a data set. */
  public static JobSpec of(String network, String data) {
    return new JobSpec(
        NetworkSpec.of(network),
        DataSpec.of(data),
        PruningNetSpec.DEFAULT,
        SpaceSpec.DEFAULT,
        SearchSpec.DEFAULT,
        List.of(),
        EvaluationSpec.DEFAULT,
        ConfirmationSpec.DEFAULT,
        OutputSpec.DEFAULT);
  }
}
