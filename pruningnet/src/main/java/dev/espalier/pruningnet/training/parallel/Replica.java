package dev.espalier.pruningnet.training.parallel;

import dev.espalier.pruningnet.meta.PruningNet;
import dev.espalier.pruningnet.training.Descent;
import dev.espalier.pruningnet.training.PruningNetTraining;
import dev.espalier.pruningnet.training.trainee.Trainee;

/**
 * A model that can do the round of any worker: which replica does it, changes no bit. Used by one
 * thread at a time; several may be used side by side.
 */
public final class Replica implements AutoCloseable {

  private final PruningNetTraining training;
  private final PruningNet net;
  private final Descent descent;

  private Replica(PruningNetTraining training, PruningNet net) {
    this.training = training;
    this.net = net;
    this.descent =
        new Descent(net.parameters(), training.data(), training.settings(), training.course());
  }

  /** A replica for a training, to be closed by the caller. */
  public static Replica of(PruningNetTraining training) {
    return new Replica(training, training.untrained());
  }

  /**
   * Does a worker's round.
   *
   * @param worker from 0
   * @param from the state to begin with
   * @param alive called before every step; what it throws ends the round
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if a loss is no longer a
   *     number
   */
  public Learned learn(Round round, int worker, ModelBytes from, Runnable alive) {
    from.copyTo(descent.state());
    Trainee trainee = training.trainee(net, worker);
    double[] losses = new double[round.steps()];
    for (int i = 0; i < losses.length; i++) {
      alive.run();
      losses[i] = descent.step(trainee, round.first() + i, worker, round.threads());
    }
    return new Learned(ModelBytes.of(descent.state()), losses);
  }

  @Override
  public void close() {
    descent.close();
    net.close();
  }
}
