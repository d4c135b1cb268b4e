package dev.espalier.driver.config;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The folder in which everything lives that a user keeps: nothing is shared between two homes.
 *
 * @param root the folder, absolute
 */
public record Home(Path root) {

  /** Variable of the environment that names the folder. */
  public static final String VARIABLE = "ESPALIER_HOME";

  /** Makes the folder absolute. */
  public Home {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * The home that a user means.
   *
   * @param option what the command line says, or null
   * @param environment variables of the process
   * @param user the user's own folder
   */
  public static Home of(@Nullable Path option, Map<String, String> environment, Path user) {
    if (option != null) {
      return new Home(option);
    }
    String variable = environment.getOrDefault(VARIABLE, "");
    return new Home(variable.isBlank() ? user.resolve(".espalier") : Path.of(variable));
  }

  /** Packed data sets. */
  public Path data() {
    return root.resolve("data");
  }

  /** Networks of others that were imported. */
  public Path networks() {
    return root.resolve("networks");
  }

  /** Trained PruningNets, one folder each, by digest of what they were made from. */
  public Path pruningNets() {
    return root.resolve("pruningnets");
  }

  /** Architectures that were found. */
  public Path architectures() {
    return root.resolve("architectures");
  }

  /** Jobs, one folder each, by id. */
  public Path jobs() {
    return root.resolve("jobs");
  }

  /** The secret that the processes of a Spark cluster share with the jobs that use it. */
  public Path clusterSecret() {
    return root.resolve("cluster").resolve("secret");
  }

  /** The service, and the jobs that wait for it. */
  public Path service() {
    return root.resolve("service");
  }

  /** Scores that jobs share. */
  public Path cache() {
    return root.resolve("cache");
  }
}
