package dev.espalier.driver.spark.slice;

import java.io.Serializable;
import java.nio.file.Path;

/**
 * A work and its files.
 *
 * @param work what to do
 * @param folder where its files lie on the driver; it goes on from them
 */
public record FolderWork<R extends Serializable>(SlicedWork<R> work, Path folder) {}
