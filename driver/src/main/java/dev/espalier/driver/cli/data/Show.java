package dev.espalier.driver.cli.data;

import dev.espalier.driver.cli.option.HomeOption;
import dev.espalier.driver.cli.option.OutputOption;
import dev.espalier.driver.service.data.DataStore;
import dev.espalier.pruningnet.dataset.PackedDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code espalier data show}: shows one data set. */
@Command(
    name = "show",
    mixinStandardHelpOptions = true,
    description = "Show what a data set holds.")
final class Show implements Runnable {

  @Mixin private final HomeOption home = new HomeOption();
  @Mixin private final OutputOption output = new OutputOption();

  @Parameters(paramLabel = "NAME", description = "The data set.")
  @SuppressWarnings("NullAway.Init")
  private String name;

  @Option(names = "--verify", description = "Read every image and compare the digest.")
  private boolean verify;

  @Override
  public void run() {
    PackedDataset data = DataStore.of(home.home()).open(name);
    if (verify) {
      data.verify();
    }
    output.print(data.info(), DatasetText.of(data.info()));
  }
}
