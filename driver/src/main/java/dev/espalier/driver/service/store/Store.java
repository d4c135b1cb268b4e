package dev.espalier.driver.service.store;

import dev.espalier.driver.config.Home;
import java.util.Optional;

/**
 * Where jobs and the queue of their services lie: the home itself, or a place that homes share.
 *
 * @param place what people call it
 * @param jobs a folder for each job
 * @param service where services and commands meet
 * @param pruningNets a folder for each trained PruningNet that homes share; empty if only one home
 *     uses the store
 */
public record Store(String place, Folder jobs, Folder service, Optional<Folder> pruningNets) {

  /** The store that every home has. */
  public static Store of(Home home) {
    return new Store(
        home.root().toString(),
        Folder.of(home.jobs()),
        Folder.of(home.service()),
        Optional.empty());
  }

  /** A store that homes share. */
  public static Store shared(Folder root) {
    return new Store(
        root.toString(),
        root.folder("jobs"),
        root.folder("service"),
        Optional.of(root.folder("pruningnets")));
  }
}
