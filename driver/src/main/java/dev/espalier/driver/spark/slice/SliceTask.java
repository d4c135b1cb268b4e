package dev.espalier.driver.spark.slice;

import dev.espalier.driver.service.file.ScratchFolder;
import dev.espalier.driver.spark.file.WorkerFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkFiles;
import org.apache.spark.TaskContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * A slice of a work on a worker. It travels with the task, so it holds only handles.
 *
 * @param works name of the works that are done side by side, unlike that of any other
 * @param dataset the images
 * @param work what to do
 * @param from the files to begin with
 * @param length after which the work is asked to pause
 */
record SliceTask<R extends Serializable>(
    String works,
    WorkerFile dataset,
    SlicedWork<R> work,
    Broadcast<FolderBytes> from,
    Duration length)
    implements Serializable {

  /** What a task came to; whatever else Spark reports of it, its worker was lost. */
  sealed interface Answer<R extends Serializable> extends Serializable {

    /** The slice is done. */
    record Done<R extends Serializable>(R told, FolderBytes files) implements Answer<R> {}

    /** It cannot be done, by whichever worker. Thrown, this would arrive as words only. */
    record Failed<R extends Serializable>(Throwable reason) implements Answer<R> {}
  }

  /** Does the slice in a folder of its own. A task that Spark has killed has no result. */
  Answer<R> run() {
    TaskContext task = TaskContext.get();
    BooleanSupplier over = new Clock(length);
    BooleanSupplier pause =
        () -> task.isInterrupted() || SparkSlices.isPausing(works) || over.getAsBoolean();
    try (ScratchFolder scratch = ScratchFolder.within(Path.of(SparkFiles.getRootDirectory()))) {
      Path folder = scratch.path();
      from.value().mirror(folder);
      R told = work.slice(dataset.place(), folder, pause);
      if (task.isInterrupted()) {
        throw new CancellationException("the driver does not wait for it any more");
      }
      return new Answer.Done<>(told, FolderBytes.of(folder));
    } catch (CancellationException e) {
      throw e;
    } catch (RuntimeException | LinkageError e) {
      return new Answer.Failed<>(e);
    }
  }

  /** Runs from the first look: a slice that is long in coming up to work must get on too. */
  private static final class Clock implements BooleanSupplier {

    private final long length;
    private long begun;
    private boolean runs;

    Clock(Duration length) {
      this.length = length.toNanos();
    }

    @Override
    public boolean getAsBoolean() {
      if (!runs) {
        begun = System.nanoTime();
        runs = true;
        return false;
      }
      return System.nanoTime() - begun >= length;
    }
  }
}
