package dev.espalier.search.archive;

import dev.espalier.search.cost.Costs;
import dev.espalier.search.cost.Metric;
import dev.espalier.search.evaluation.Trial;
import dev.espalier.search.job.BadInputException;
import java.util.EnumSet;
import java.util.List;

/**
 * What a search weighs against each other: accuracy, to be as high as possible, and one or more
 * cost metrics, to be as low as possible. As numbers all are minimised: the vector of a trial is (1
 * - accuracy, metric 1, ..., metric m).
 *
 * @param metrics the costs, at least one, each once
 */
public record Objectives(List<Metric> metrics) {

  /** Refuses no metric and a metric twice with a {@link BadInputException}. */
  public Objectives {
    metrics = List.copyOf(metrics);
    if (metrics.isEmpty() || EnumSet.copyOf(metrics).size() != metrics.size()) {
      throw new BadInputException(
          "search.objectives: expected one or more different metrics, found "
              + metrics.stream().map(Metric::key).toList());
    }
  }

  /** Accuracy against these metrics. */
  public static Objectives of(Metric... metrics) {
    return new Objectives(List.of(metrics));
  }

  /** The vector of a scored trial; an {@link IllegalStateException} where it failed. */
  public double[] of(Trial trial) {
    return vector(1 - trial.accuracy(), trial.costs());
  }

  /** The vector of an error rate in [0, 1] and costs, say of a reference point. */
  public double[] vector(double error, Costs costs) {
    double[] vector = new double[metrics.size() + 1];
    vector[0] = error;
    for (int i = 0; i < metrics.size(); i++) {
      vector[i + 1] = costs.of(metrics.get(i));
    }
    return vector;
  }

  /**
   * Whether one vector is better than another: nowhere larger and somewhere smaller. Both have the
   * same length.
   */
  public static boolean dominates(double[] a, double[] b) {
    boolean better = false;
    for (int i = 0; i < a.length; i++) {
      if (a[i] > b[i]) {
        return false;
      }
      better |= a[i] < b[i];
    }
    return better;
  }
}
