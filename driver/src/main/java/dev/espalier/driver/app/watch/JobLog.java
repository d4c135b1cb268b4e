package dev.espalier.driver.app.watch;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Where log lines go: those of a job's thread, and of the Spark tasks that it hands out, to the log
 * of the job; those of all other threads to the log of the process. {@code log4j2.properties} looks
 * both up at every line.
 */
public final class JobLog implements AutoCloseable {

  /** Key of the thread's context; Spark hands on what begins with {@code mdc.}. */
  public static final String KEY = "mdc.espalier.log";

  private static final String PROCESS = "espalier.log";

  private final Runnable end;

  private JobLog(Runnable end) {
    this.end = end;
  }

  /** Sends the lines of this thread to the log of a job, until closed by the same thread. */
  public static JobLog of(Path log) {
    MDC.put(KEY, log.toString());
    return new JobLog(() -> MDC.remove(KEY));
  }

  /** Sends the lines of all threads that belong to no job to a file, until closed. */
  public static JobLog ofProcess(Path file) {
    System.setProperty(PROCESS, file.toString());
    return new JobLog(() -> System.clearProperty(PROCESS));
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
