package dev.espalier.pruningnet.training;

import dev.espalier.pruningnet.tensor.Parameter;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Takes a model from one step to another. Used by one thread. */
public interface Learner extends AutoCloseable {

  /**
   * Parameters and momenta: all that the next step depends on, beside data and settings. May be
   * overwritten between two calls of {@link #learn}.
   */
  List<Parameter> state();

  /**
   * Does the next steps, of one epoch. What it throws leaves the state as it was before them.
   *
   * @param step the first of them, over all epochs
   * @param threads of the engine for each model
   * @param stop may be asked meanwhile; if true, nothing is learned
   * @return the mean loss of each step; empty if asked to stop
   * @throws TrainingDivergedException if a loss is no longer a number
   */
  List<Double> learn(long step, int threads, BooleanSupplier stop);

  @Override
  void close();
}
