package dev.espalier.driver.spark;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.evaluate.Evaluators;
import dev.espalier.worker.request.EvaluationContext;
import dev.espalier.worker.scorer.Checkpoint;
import dev.espalier.worker.scorer.ScorerSource;
import dev.espalier.worker.serial.Messages;
import java.io.Serializable;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * What the tasks of one pool do on an executor. It travels with every task, so it holds only
 * handles.
 *
 * @param pool name of the pool, unlike that of any other pool
 * @param context the context's message
 * @param files the way of the context's files
 * @param source opens scorers
 */
record PoolTask(String pool, Broadcast<byte[]> context, WorkerFiles files, ScorerSource source)
    implements Serializable {

  /** Measures a candidate: message in, message out. A task that Spark has killed has no result. */
  byte[] evaluate(byte[] candidate) {
    TaskContext task = TaskContext.get();
    Checkpoint notKilled =
        () -> {
          if (task.isInterrupted()) {
            throw new CancellationException("the driver does not wait for it any more");
          }
        };
    EvaluationReport report =
        evaluators().evaluate(Messages.decode(candidate, Candidate.class), notKilled);
    notKilled.check();
    return Messages.encode(report);
  }

  /** Makes one evaluator of this executor ready; what went wrong, if anything, is returned. */
  List<Throwable> warm() {
    try {
      evaluators().warm();
      return List.of();
    } catch (RuntimeException | LinkageError e) {
      // Thrown, it would be tried again and arrive at the driver as words only.
      return List.of(e);
    }
  }

  private Evaluators evaluators() {
    return ExecutorEvaluators.of(
        pool,
        () -> {
          EvaluationContext given = Messages.decode(context.value(), EvaluationContext.class);
          return Evaluators.open(files.place(given), source);
        });
  }
}
