package dev.espalier.driver.spark;

import dev.espalier.search.evaluation.Candidate;
import dev.espalier.worker.evaluate.EvaluationReport;
import dev.espalier.worker.serial.Messages;
import java.io.Serializable;
import java.util.List;
import java.util.function.Consumer;
import org.apache.spark.SimpleFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Function1;
import scala.collection.Iterator;
import scala.collection.immutable.Seq;
import scala.concurrent.ExecutionContext;
import scala.concurrent.ExecutionContext$;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.BoxedUnit;

/**
 * An asynchronous Spark job whose only task measures a candidate.
 *
 * @param candidate what is measured
 * @param id Spark's number of the job
 * @param action Spark's handle of the job
 */
record CandidateJob(Candidate candidate, int id, SimpleFutureAction<BoxedUnit> action) {

  private static final Seq<Object> ONLY_PARTITION =
      CollectionConverters.asScala(List.<Object>of(0)).toSeq();

  private static final ExecutionContext SAME_THREAD =
      ExecutionContext$.MODULE$.fromExecutor(Runnable::run);

  /**
   * Hands a job to Spark and returns at once. One of the two listeners is called, once, from a
   * thread of Spark.
   *
   * @param done takes what the task sent back
   * @param failed takes the reason why Spark gave the task up, or was told to
   */
  static CandidateJob submit(
      JavaSparkContext spark,
      PoolTask task,
      Candidate candidate,
      Consumer<EvaluationReport> done,
      Consumer<Throwable> failed) {
    SimpleFutureAction<BoxedUnit> action =
        spark
            .sc()
            .submitJob(
                spark.parallelize(List.of(Messages.encode(candidate)), 1).rdd(),
                onExecutor(task),
                ONLY_PARTITION,
                (partition, report) -> {
                  done.accept(Messages.decode(report, EvaluationReport.class));
                  return BoxedUnit.UNIT;
                },
                () -> BoxedUnit.UNIT);
    action.onComplete(
        result -> {
          if (result.isFailure()) {
            failed.accept(result.failed().get());
          }
          return BoxedUnit.UNIT;
        },
        SAME_THREAD);
    return new CandidateJob(candidate, (Integer) action.jobIds().head(), action);
  }

  /** Asks Spark to end the job; its task ends at its next checkpoint. */
  void cancel() {
    action.cancel();
  }

  private static Function1<Iterator<byte[]>, byte[]> onExecutor(PoolTask task) {
    return (Function1<Iterator<byte[]>, byte[]> & Serializable)
        candidates -> task.evaluate(candidates.next());
  }
}
