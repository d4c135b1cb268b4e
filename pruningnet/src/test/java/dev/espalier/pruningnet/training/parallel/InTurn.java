package dev.espalier.pruningnet.training.parallel;

import dev.espalier.pruningnet.training.PruningNetTraining;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/** All workers on the calling thread, one after the other, with one replica. */
record InTurn(Replica replica, int workers) implements Replicas {

  static InTurn of(PruningNetTraining training) {
    return new InTurn(Replica.of(training), training.spec().training().workers());
  }

  @Override
  public List<Learned> learn(Round round, ModelBytes from, BooleanSupplier stop) {
    return IntStream.range(0, workers)
        .mapToObj(worker -> replica.learn(round, worker, from, () -> {}))
        .toList();
  }

  @Override
  public void close() {
    replica.close();
  }
}
