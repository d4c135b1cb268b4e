package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.LayerView;
import dev.espalier.driver.service.data.ImportedNetworks;
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
    ImportedNetworks networks = ImportedNetworks.of(home.home());
    NetworkView view =
        NetworkView.of(
            name, networks.graph(name), networks.images(name), networks.provenance(name));
    output.print(view, view.text() + "\n" + LayerView.table(view.layers()));
  }
}
