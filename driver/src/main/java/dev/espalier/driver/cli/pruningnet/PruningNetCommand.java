package dev.espalier.driver.cli.pruningnet;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier pruningnet}: names the commands about PruningNets. */
@Command(
    name = "pruningnet",
    mixinStandardHelpOptions = true,
    description = "Look at the trained PruningNets that jobs share.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListPruningNets.class, Show.class})
public final class PruningNetCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }
}
