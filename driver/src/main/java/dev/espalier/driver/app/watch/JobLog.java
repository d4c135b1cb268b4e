package dev.espalier.driver.app.watch;

import java.nio.file.Path;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Where log lines go: those of a job's thread, and of the Spark tasks that it hands out, to the log
 * of the job; those of all other threads to the log of the process. {@code log4j2.properties} looks
 * both up at every line.
 */
public final class JobLog implements AutoCloseable {

  /** Key of the thread's context; Spark hands on what begins with {@code mdc.}. */
  private static final String KEY = "mdc.espalier.log";

  /** Key of the job's id, which structured lines carry. */
  private static final String JOB = "mdc.espalier.job";

  private static final String PROCESS = "espalier.log";

  private final Runnable end;

  private JobLog(Runnable end) {
    this.end = end;
  }

  /** Sends the lines of this thread to the log of a job, until closed by the same thread. */
  public static JobLog of(String job, Path log) {
    MDC.put(JOB, job);
    MDC.put(KEY, log.toString());
    return new JobLog(
        () -> {
          MDC.remove(KEY);
          MDC.remove(JOB);
        });
  }

  /** Sends the lines of all threads that belong to no job to a file, until closed. */
  public static JobLog ofProcess(Path file) {
    System.setProperty(PROCESS, file.toString());
    return new JobLog(() -> System.clearProperty(PROCESS));
  }

  /** Names the job of this thread to whoever hands its work on to other processes. */
  public static void handOnJob(BiConsumer<String, @Nullable String> context) {
    context.accept(JOB, MDC.get(JOB));
  }

  /** Names the job of this thread, and its log, to whoever hands its work on to other threads. */
  public static void handOn(BiConsumer<String, @Nullable String> context) {
    handOnJob(context);
    context.accept(KEY, MDC.get(KEY));
  }

  /** The log of this thread's job, or null if it has none. */
  public static @Nullable String current() {
    return MDC.get(KEY);
  }

  @Override
  public void close() {
    end.run();
  }
}
