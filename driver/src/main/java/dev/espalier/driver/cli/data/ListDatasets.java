package dev.espalier.driver.cli.data;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.pruningnet.dataset.DatasetInfo;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier data list}: lists the data sets. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the data sets of this home.")
final class ListDatasets implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public void run() {
    DataStore store = DataStore.of(home.home());
    List<DatasetInfo> all = store.names().stream().map(name -> store.open(name).info()).toList();
    if (all.isEmpty()) {
      output.note(
          "There is no data set yet in %s. Maybe begin with 'espalier data import'?"
              .formatted(store.folder()));
    }
    output.print(all, all.isEmpty() ? "" : DatasetText.of(all));
  }
}
