package dev.espalier.driver.spark;

import java.nio.file.Path;

/**
 * Where evaluations run.
 *
 * @param master Spark's name of the cluster, e.g. {@code local[2,4]}: two workers in this process,
 *     four attempts for a task whose worker is lost
 * @param folder for Spark's temporary files
 */
public record SparkSettings(String master, Path folder) {

  /** Whether the workers are threads of this process. */
  public boolean isLocal() {
    return master.equals("local") || master.startsWith("local[");
  }
}
