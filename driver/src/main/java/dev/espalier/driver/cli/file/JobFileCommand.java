package dev.espalier.driver.cli.file;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code espalier job}: names the commands about job files. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = "Write, check and explain job files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Init.class, Check.class, Schema.class})
public final class JobFileCommand implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }
}
