package dev.espalier.driver.cli;

import dev.espalier.driver.cli.data.DataCommand;
import dev.espalier.driver.cli.file.JobFileCommand;
import dev.espalier.driver.cli.job.Best;
import dev.espalier.driver.cli.job.Cancel;
import dev.espalier.driver.cli.job.Compare;
import dev.espalier.driver.cli.job.Jobs;
import dev.espalier.driver.cli.job.Logs;
import dev.espalier.driver.cli.job.Report;
import dev.espalier.driver.cli.job.Show;
import dev.espalier.driver.cli.job.Status;
import dev.espalier.driver.cli.job.Watch;
import dev.espalier.driver.cli.journal.JournalCommand;
import dev.espalier.driver.cli.model.Export;
import dev.espalier.driver.cli.model.Measure;
import dev.espalier.driver.cli.model.Predict;
import dev.espalier.driver.cli.model.Profile;
import dev.espalier.driver.cli.network.NetworkCommand;
import dev.espalier.driver.cli.option.CommandGroup;
import dev.espalier.driver.cli.pruningnet.PruningNetCommand;
import dev.espalier.driver.cli.run.FineTune;
import dev.espalier.driver.cli.run.Quickstart;
import dev.espalier.driver.cli.run.Resume;
import dev.espalier.driver.cli.run.Run;
import dev.espalier.driver.cli.run.Serve;
import dev.espalier.driver.cli.run.Submit;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The root command: names the others. */
@Command(
    name = "espalier",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    description = "Searches for pruned neural networks that fit a budget.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      Quickstart.class,
      Run.class,
      Submit.class,
      Resume.class,
      Serve.class,
      Status.class,
      Watch.class,
      Logs.class,
      Best.class,
      Compare.class,
      Report.class,
      Show.class,
      FineTune.class,
      Export.class,
      Predict.class,
      Measure.class,
      Profile.class,
      Cancel.class,
      Jobs.class,
      DataCommand.class,
      NetworkCommand.class,
      PruningNetCommand.class,
      JobFileCommand.class,
      JournalCommand.class,
      CacheCommand.class,
      DoctorCommand.class,
      Espalier.Completion.class
    },
    footer = {
      "",
      "Begin with 'espalier quickstart'. Every command explains itself with --help.",
      "Exit codes: 0 done, 1 failed or stopped, 2 wrong usage or bad input, 3 not found."
    })
final class Espalier extends CommandGroup {

  /** Prints the completion script of bash and zsh. */
  @Command(
      name = "completion",
      mixinStandardHelpOptions = true,
      description = {
        "Print the shell completion script for bash and zsh.",
        "Try: source <(espalier completion)"
      })
  static final class Completion implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec command;

    @Override
    public void run() {
      command
          .commandLine()
          .getOut()
          .print(AutoComplete.bash("espalier", command.root().commandLine()));
      command.commandLine().getOut().flush();
    }
  }
}
