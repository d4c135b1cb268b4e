package dev.espalier.driver.cli.pruningnet;

import dev.espalier.driver.app.train.PruningNetSummary;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code espalier pruningnet list}: lists the PruningNets. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List the trained PruningNets of this home.")
final class ListPruningNets implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Override
  public void run() {
    List<PruningNetSummary> all = PruningNetSummary.all(home.home());
    if (all.isEmpty()) {
      output.note("There is no trained PruningNet yet in %s.".formatted(home.home().pruningNets()));
    }
    Table table = Table.of("PruningNet", "network", "data", ">epochs", ">seed", ">bytes");
    for (PruningNetSummary one : all) {
      table.row(
          one.id(),
          one.made().network(),
          one.made().dataset(),
          one.made().epochs(),
          one.made().seed(),
          Words.count(one.bytes()));
    }
    output.print(all, all.isEmpty() ? "" : table.toString());
  }
}
