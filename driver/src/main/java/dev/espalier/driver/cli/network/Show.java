package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.service.data.ImportedNetworks;
import dev.espalier.pruningnet.model.TrainedNetwork;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier network show}: shows an imported network layer by layer. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show an imported network, layer by layer, and which widths can be pruned.")
final class Show implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "NAME", description = "The network.")
  @SuppressWarnings("NullAway.Init")
  private String name;

  @Override
  public void run() {
    try (TrainedNetwork network = ImportedNetworks.of(home.home()).open(name)) {
      NetworkView view = NetworkView.of(name, network);
      output.print(view, view.text() + "\n" + LayerView.table(view.layers()));
    }
  }
}
