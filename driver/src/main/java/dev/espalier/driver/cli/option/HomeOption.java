package dev.espalier.driver.cli.option;

import dev.espalier.driver.config.Home;
import dev.espalier.driver.config.Version;
import dev.espalier.driver.service.JobStore;
import dev.espalier.driver.service.queue.JobBoard;
import dev.espalier.driver.service.queue.JobQueue;
import dev.espalier.driver.service.store.Store;
import java.nio.file.Path;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which home a command works in. */
public sealed class HomeOption permits StoreOption {

  @Option(
      names = "--home",
      paramLabel = "FOLDER",
      description =
          "Where jobs, data and PruningNets live (default: ESPALIER_HOME or ~/.espalier).")
  private @Nullable Path folder;

  /** The home that is meant. */
  public Home home() {
    return Home.of(folder, System.getenv(), Path.of(System.getProperty("user.home")));
  }

  /** What a command that is printed needs to mean the same home: nothing for the default. */
  public String argument() {
    return folder == null ? "" : " --home '%s'".formatted(home().root());
  }

  /** Where its jobs and their queue lie. */
  public Store store() {
    return Store.of(home());
  }

  /** The jobs that wait for its service. */
  public JobQueue queue() {
    return new JobQueue(store(), InstantSource.system());
  }

  /** Its jobs, with their places in the queue. */
  public JobBoard board() {
    return new JobBoard(jobs(), queue());
  }

  /** Its jobs. */
  public JobStore jobs() {
    return new JobStore(store(), Version.current(), InstantSource.system());
  }
}
