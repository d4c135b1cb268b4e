package dev.espalier.driver.cli.option;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command that only names others: by itself it is a usage error. */
public abstract class CommandGroup implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public final void run() {
    throw new ParameterException(command.commandLine(), "A command is missing.");
  }
}
