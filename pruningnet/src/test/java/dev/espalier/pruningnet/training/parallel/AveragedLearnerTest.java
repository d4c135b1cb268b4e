package dev.espalier.pruningnet.training.parallel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.ColouredImages;
import dev.espalier.pruningnet.training.Course;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.TrainingData;
import dev.espalier.pruningnet.training.TrainingSettings;
import dev.espalier.search.job.PruningNetSpec;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Averaging against the arithmetic written out: every worker w goes down a parabola of its own, a/2
 * (x - b)^2, by momentum, in plain Java.
 */
class AveragedLearnerTest {

  private static final double[] A = {0.5, 2, 1};
  private static final double[] B = {-1, 3, 0.5};
  private static final double RATE = 0.1;
  private static final double MOMENTUM = 0.9;
  private static final float START = 4;

  @TempDir Path folder;
  private NDManager memory;
  private Parameter x;

  @BeforeEach
  void makeParameter() {
    memory = Torch.scope();
    x = Parameter.zeros("x", new Shape(1), memory);
    x.set(0, new float[] {START}, 1);
  }

  @AfterEach
  void freeMemory() {
    memory.close();
  }

  @Test
  void learn_averagingEveryStep_isOneDescentAlongTheMeanGradient() {
    double position = START;
    double momentum = 0;
    for (int step = 0; step < 12; step++) {
      double gradient = 0;
      for (int w = 0; w < A.length; w++) {
        gradient += A[w] * (position - B[w]) / A.length;
      }
      momentum = MOMENTUM * momentum + RATE * gradient;
      position -= momentum;
    }
    assertThat(learn(1, 12, new Parabolas())).isCloseTo(position, within(1e-5));
  }

  @Test
  void learn_averagingEveryThreeSteps_isTheMeanOfDescentsOfThreeSteps() {
    double position = START;
    double momentum = 0;
    for (int round = 0; round < 4; round++) {
      double positions = 0;
      double momenta = 0;
      for (int w = 0; w < A.length; w++) {
        double own = position;
        double ownMomentum = momentum;
        for (int step = 0; step < 3; step++) {
          ownMomentum = MOMENTUM * ownMomentum + RATE * A[w] * (own - B[w]);
          own -= ownMomentum;
        }
        positions += own;
        momenta += ownMomentum;
      }
      position = positions / A.length;
      momentum = momenta / A.length;
    }
    assertThat(learn(3, 12, new Parabolas())).isCloseTo(position, within(1e-5));
  }

  @Test
  void learn_epochEndsWithinARound_averagesThereAndBeginsAnew() {
    Parabolas parabolas = new Parabolas();
    learn(5, 12, parabolas);
    assertThat(parabolas.rounds)
        .containsExactly(
            new Round(0, 5, 1),
            new Round(5, 5, 1),
            new Round(10, 2, 1),
            new Round(12, 5, 1),
            new Round(17, 5, 1),
            new Round(22, 2, 1));
  }

  @Test
  void learn_stopped_leavesTheStateAsItWas() {
    try (AveragedLearner learner = learner(4, 12, new Stopped())) {
      assertThat(learner.learn(0, 1, () -> true)).isEmpty();
      assertThat(x.array().getFloat()).isEqualTo(START);
    }
  }

  /** The position after two epochs, or after the steps of one. */
  private double learn(int every, int stepsPerEpoch, Parabolas parabolas) {
    try (AveragedLearner learner = learner(every, stepsPerEpoch, parabolas)) {
      long step = 0;
      double afterOneEpoch = START;
      while (step < 2L * stepsPerEpoch) {
        List<Double> losses = learner.learn(step, 1, () -> false);
        assertThat(losses).allMatch(loss -> loss == 2);
        step += losses.size();
        if (step == stepsPerEpoch) {
          afterOneEpoch = x.array().getFloat();
        }
      }
      return afterOneEpoch;
    }
  }

  private AveragedLearner learner(int every, int stepsPerEpoch, Replicas replicas) {
    TrainingData data = ColouredImages.of(folder, 50);
    TrainingSettings settings = TrainingSettings.of(PruningNetSpec.DEFAULT);
    Course course = new Course(2, stepsPerEpoch, A.length, 1);
    return new AveragedLearner(
        replicas, new Descent(List.of(x), data, settings, course), course, every);
  }

  /** Workers that tell 1, 2 and 3 as their losses. */
  private static final class Parabolas implements Replicas {

    private final List<Round> rounds = new ArrayList<>();

    @Override
    public List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop) {
      rounds.add(round);
      List<Learned> learned = new ArrayList<>();
      for (int w = 0; w < A.length; w++) {
        try (NDManager scope = Torch.scope()) {
          Parameter position = Parameter.zeros("x", new Shape(1), scope);
          Parameter momentum = Parameter.zeros("momentum.x", new Shape(1), scope);
          List<Parameter> state = List.of(position, momentum);
          from.copyTo(state);
          double[] losses = new double[round.steps()];
          double p = position.array().getFloat();
          double m = momentum.array().getFloat();
          for (int step = 0; step < losses.length; step++) {
            m = MOMENTUM * m + RATE * A[w] * (p - B[w]);
            p -= m;
            losses[step] = w + 1;
          }
          position.set(0, new float[] {(float) p}, 1);
          momentum.set(0, new float[] {(float) m}, 1);
          learned.add(new Learned(ModelBytes.of(state), losses));
        }
      }
      return learned;
    }

    @Override
    public void close() {}
  }

  private static final class Stopped implements Replicas {

    @Override
    public List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop) {
      return List.of();
    }

    @Override
    public void close() {}
  }
}
