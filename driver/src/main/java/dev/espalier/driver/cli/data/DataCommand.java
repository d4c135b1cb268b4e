package dev.espalier.driver.cli.data;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier data}: names the commands about data sets. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Import data sets and look at them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Import.class, ListDatasets.class, Show.class})
public final class DataCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }
}
