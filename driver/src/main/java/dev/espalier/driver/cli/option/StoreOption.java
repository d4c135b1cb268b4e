package dev.espalier.driver.cli.option;

import dev.espalier.driver.service.store.Store;
import dev.espalier.driver.service.store.hadoop.Stores;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jobs a command is about: those of a home, or of a store that several homes share. */
public final class StoreOption extends HomeOption {

  private final Function<String, Store> opening;
  private @Nullable Store opened;

  @Option(
      names = "--store",
      paramLabel = "URI",
      description =
          "Where jobs and their queue live, if not in the home: a folder, or a URI that Hadoop has a client for, like hdfs://HOST:PORT/espalier.")
  private @Nullable String place;

  private StoreOption(Function<String, Store> opening) {
    this.opening = opening;
  }

  /** For a command that only looks. */
  public static StoreOption toRead() {
    return new StoreOption(Stores::read);
  }

  /** For a command that changes jobs. */
  public static StoreOption toWrite() {
    return new StoreOption(Stores::write);
  }

  /** Whether a store is named. */
  public boolean isShared() {
    return place != null;
  }

  @Override
  public Store store() {
    if (opened == null) {
      opened = place == null ? super.store() : opening.apply(place);
    }
    return opened;
  }

  @Override
  public String argument() {
    return super.argument() + (place == null ? "" : " --store '%s'".formatted(place));
  }
}
