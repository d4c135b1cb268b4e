package dev.espalier.search.job;

/**
 * How one structure is measured, and where.
 *
 * @param recalibrationImages training images that recalibrate batch norm
 * @param shard images scored and cached as one piece
 * @param batch images computed at once; 0 measures what is fastest when the job first starts
 * @param timeLimitSeconds longest time of one evaluation before it counts as failed
 * @param master Spark's master, e.g. {@code local[2,4]}: two workers, four attempts a task
 * @param isolation what an evaluation shares with the worker that runs it
 * @param cache whether scores are shared with other jobs through Hazelcast
 */
public record EvaluationSpec(
    int recalibrationImages,
    int shard,
    int batch,
    int timeLimitSeconds,
    String master,
    Isolation isolation,
    boolean cache) {

  /** Where the code of one evaluation runs, seen from its worker. */
  public enum Isolation {
    /** In a thread of the worker: what crashes or hangs takes the worker with it. */
    THREAD,
    /** In a child process, which is replaced when it crashes or hangs. */
    PROCESS
  }

  /** One worker for every core of this machine, scores shared. */
  public static final EvaluationSpec DEFAULT =
      new EvaluationSpec(500, 500, 0, 300, "local[*,4]", Isolation.THREAD, true);
}
