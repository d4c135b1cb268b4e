package dev.espalier.pruningnet.training.parallel;

import java.util.List;
import java.util.function.BooleanSupplier;

/** The replicas of a training, wherever they are. Used by one thread. */
public interface Replicas extends AutoCloseable {

  /**
   * Has every worker do a round; one that is lost is replaced and does it again.
   *
   * @param from the state that all begin with
   * @param stop asked meanwhile; if true, what was begun is given up
   * @return what each worker learned, in their order; empty if asked to stop
   * @throws dev.espalier.pruningnet.training.TrainingDivergedException if a loss is no longer a
   *     number
   */
  List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop);

  @Override
  void close();
}
