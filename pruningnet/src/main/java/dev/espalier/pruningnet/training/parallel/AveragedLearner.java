package dev.espalier.pruningnet.training.parallel;

import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.Learner;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Local SGD: every worker does H steps on a replica of its own, then parameters and momenta of all
 * are averaged, and from the average they go on. After "Local SGD Converges Fast and Communicates
 * Little" (2018), with the momenta averaged as in "On the Linear Speedup Analysis of Communication
 * Efficient Momentum SGD for Distributed Non-Convex Optimization" (2019). With H = 1 it is one
 * descent along the mean of the workers' gradients.
 *
 * <p>An epoch begins with an average, so its last round may be shorter.
 */
final class AveragedLearner implements Learner {

  private final Replicas replicas;
  private final Descent average;
  private final Course course;
  private final int every;

  /**
   * A learner.
   *
   * @param average holds the state that is common to all; does no step itself
   * @param every H, in steps
   */
  AveragedLearner(Replicas replicas, Descent average, Course course, int every) {
    this.replicas = replicas;
    this.average = average;
    this.course = course;
    this.every = every;
  }

  @Override
  public List<Parameter> state() {
    return average.state();
  }

  @Override
  public List<Double> learn(long step, int threads, BooleanSupplier stop) {
    int inEpoch = course.inEpoch(step);
    int steps = Math.min(every - inEpoch % every, course.stepsPerEpoch() - inEpoch);
    List<Learned> learned =
        replicas.learn(new Round(step, steps, threads), ModelBytes.of(state()), stop);
    if (learned.isEmpty()) {
      return List.of();
    }
    ModelBytes.average(learned.stream().map(Learned::model).toList(), state());
    return IntStream.range(0, steps).mapToObj(i -> meanLoss(learned, i)).toList();
  }

  @Override
  public void close() {
    try {
      replicas.close();
    } finally {
      average.close();
    }
  }

  private static double meanLoss(List<Learned> learned, int step) {
    return learned.stream().mapToDouble(each -> each.losses()[step]).average().orElseThrow();
  }
}
