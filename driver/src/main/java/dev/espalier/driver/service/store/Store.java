package dev.espalier.driver.service.store;

import dev.espalier.driver.config.Home;

/**
 * Where jobs and the queue of their services lie: the home itself, or a place that homes share.
 *
 * @param place what people call it
 * @param jobs a folder for each job
 * @param service where services and commands meet
 */
public record Store(String place, Folder jobs, Folder service) {

  /** The store that every home has. */
  public static Store of(Home home) {
    return new Store(home.root().toString(), Folder.of(home.jobs()), Folder.of(home.service()));
  }
}
