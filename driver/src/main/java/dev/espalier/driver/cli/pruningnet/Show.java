package dev.espalier.driver.cli.pruningnet;

import dev.espalier.driver.app.train.PruningNetSummary;
import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.report.text.Table;
import dev.espalier.driver.report.text.Words;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code espalier pruningnet show}: shows what a PruningNet was made from. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show what a PruningNet was made from.")
final class Show implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "ID", description = "First digits of its id.")
  @SuppressWarnings("NullAway.Init")
  private String id;

  @Override
  public void run() {
    PruningNetSummary one = PruningNetSummary.find(home.home(), id);
    Table table =
        Table.of("PruningNet", one.id())
            .row("network", one.made().network())
            .row("data", one.made().dataset())
            .row("data digest", one.made().datasetDigest())
            .row("space digest", one.made().space())
            .row("training digest", one.made().training())
            .row("settings", one.made().settings())
            .row("bytes", Words.count(one.bytes()))
            .row("file", one.file());
    output.print(one, table.toString());
  }
}
