package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import dev.espalier.driver.service.data.ImportedNetworks;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier network list}: lists the networks that were imported. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the imported networks of this home.")
final class ListNetworks implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public void run() {
    ImportedNetworks networks = ImportedNetworks.of(home.home());
    List<NetworkView> all = networks.names().stream().map(name -> view(networks, name)).toList();
    if (all.isEmpty()) {
      output.note(
          "There is no imported network yet in %s. Maybe: espalier network import FILE.onnx --name NAME"
              .formatted(networks.folder()));
    }
    Table table = Table.of("network", "images", ">classes", ">layers", ">MACs", ">parameters");
    for (NetworkView one : all) {
      table.row(
          one.name(),
          one.images(),
          one.classes(),
          one.layers().size(),
          Words.count(one.macs()),
          Words.count(one.parameters()));
    }
    output.print(all, all.isEmpty() ? "" : table.toString());
  }

  private static NetworkView view(ImportedNetworks networks, String name) {
    return NetworkView.of(
        name, networks.graph(name), networks.images(name), networks.provenance(name));
  }
}
