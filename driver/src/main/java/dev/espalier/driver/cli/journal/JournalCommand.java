package dev.espalier.driver.cli.journal;

import dev.espalier.driver.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/** {@code espalier journal}: names the commands about journals. */
@Command(
    name = "journal",
    mixinStandardHelpOptions = true,
    description = "Check the files that keep a job's results, and repair damaged ones.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Verify.class, Repair.class})
public final class JournalCommand extends CommandGroup {}
