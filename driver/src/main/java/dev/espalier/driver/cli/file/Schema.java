package dev.espalier.driver.cli.file;

import dev.espalier.driver.config.JobSchema;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code espalier job schema}: prints the JSON schema, for editors. */
@Command(
    name = "schema",
    mixinStandardHelpOptions = true,
    description = "Print the JSON schema of job files, for editors that complete and check them.")
final class Schema implements Runnable {

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec command;

  @Override
  public void run() {
    command.commandLine().getOut().print(JobSchema.shipped().text());
    command.commandLine().getOut().flush();
  }
}
