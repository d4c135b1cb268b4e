package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.tensor.Parameter;
import dev.espalier.pruningnet.training.trainee.Trainee;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * One model that learns step by step on the calling thread.
 *
 * @param trainee the model
 * @param descent its steps
 */
record LocalLearner(Trainee trainee, Descent descent) implements Learner {

  @Override
  public List<Parameter> state() {
    return descent.state();
  }

  @Override
  public List<Double> learn(long step, int threads, BooleanSupplier stop) {
    return List.of(descent.step(trainee, step, 0, threads));
  }

  @Override
  public void close() {
    descent.close();
  }
}
