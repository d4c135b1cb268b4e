package dev.espalier.driver.spark.training;

import dev.espalier.driver.spark.file.WorkerFile;
import dev.espalier.pruningnet.training.parallel.Learned;
import dev.espalier.pruningnet.training.parallel.ModelBytes;
import dev.espalier.pruningnet.training.parallel.Replica;
import dev.espalier.pruningnet.training.parallel.Round;
import java.io.Serializable;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the tasks of a round do on an executor. It travels with every task, so it holds only
 * handles.
 *
 * @param training name of the training, unlike that of any other
 * @param dataset the images
 * @param source opens replicas
 * @param from the state to begin with
 * @param round what to do
 */
record RoundTask(
    String training,
    WorkerFile dataset,
    ReplicaSource source,
    Broadcast<ModelBytes> from,
    Round round)
    implements Serializable {

  /** What a task came to; whatever else Spark reports of it, its worker was lost. */
  sealed interface Answer extends Serializable {

    /** The round is done. */
    record Done(Learned learned) implements Answer {}

    /** It cannot be done, by whichever worker. Thrown, this would arrive as words only. */
    record Failed(Throwable reason) implements Answer {}
  }

  /** Does the round of a worker. A task that Spark has killed has no result. */
  Answer run(int worker) {
    TaskContext task = TaskContext.get();
    Runnable alive =
        () -> {
          if (task.isInterrupted()) {
            throw new CancellationException("the driver does not wait for it any more");
          }
        };
    try {
      Replica replica = ExecutorReplicas.take(training, () -> source.open(dataset.place()));
      try {
        return new Answer.Done(replica.learn(round, worker, from.value(), alive));
      } finally {
        ExecutorReplicas.giveBack(training, replica, ExecutorReplicas.LATER);
      }
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      return new Answer.Failed(e);
    }
  }
}
