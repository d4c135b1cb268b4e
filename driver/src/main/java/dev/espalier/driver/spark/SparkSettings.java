package dev.espalier.driver.spark;

import dev.espalier.search.job.BadInputException;
import java.nio.file.Path;
import java.util.regex.Pattern;

/**
 * Where evaluations run.
 *
 * @param master Spark's name of the cluster, e.g. {@code local[2,4]}: two workers in this process,
 *     four attempts for a task whose worker is lost
 * @param folder for Spark's temporary files
 * @param secret the file of the secret that the processes of a standalone cluster share; read for
 *     no other master
 * @param jobs at most so many jobs share the workers side by side
 */
public record SparkSettings(String master, Path folder, Path secret, int jobs) {

  private static final Pattern LOCAL = Pattern.compile("local(\\[([1-9]\\d*|\\*)(,[1-9]\\d*)?])?");
  private static final Pattern CLUSTER = Pattern.compile("yarn|(spark|k8s)://.+");

  /** Refuses a master that Spark does not know, before Spark does so at length. */
  public SparkSettings {
    if (!LOCAL.matcher(master).matches() && !CLUSTER.matcher(master).matches()) {
      throw new BadInputException(
          "Spark's master is '%s', expected local[WORKERS,ATTEMPTS], spark://HOST:PORT, k8s://... or yarn. Maybe local[2,4]: two workers, four attempts"
              .formatted(master));
    }
  }

  /** A master of one job, whose secret, if it has one, lies in the folder. */
  public SparkSettings(String master, Path folder) {
    this(master, folder, folder.resolve("secret"), 1);
  }

  /** Whether the workers are threads of this process. */
  public boolean isLocal() {
    return LOCAL.matcher(master).matches();
  }

  /** Whether the workers are containers of the same image as this process. */
  boolean isKubernetes() {
    return master.startsWith("k8s://");
  }

  /** Whether the workers are those of Spark's own cluster manager. */
  boolean isStandalone() {
    return master.startsWith(StandaloneMaster.SCHEME);
  }
}
