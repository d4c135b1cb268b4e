package dev.espalier.driver.spark.slice;

import dev.espalier.worker.request.ContentFile;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;

/**
 * Work that takes long and can pause. It travels to a worker by Java serialisation, inside a Spark
 * task. Thread-safe.
 *
 * @param <R> what a slice tells the driver
 */
public interface SlicedWork<R extends Serializable> extends Serializable {

  /**
   * Goes on until the end, or until it is asked to pause. What it throws ends all works that are
   * done side by side; it may be begun again from the same files.
   *
   * @param dataset all images, on this machine
   * @param folder what the slice before has left there, and what this one leaves; each file has
   *     less than 2 GiB
   * @param pause true asks to leave in the folder what it takes to go on, and to return
   */
  R slice(ContentFile dataset, Path folder, BooleanSupplier pause);
}
