package dev.espalier.driver.cli.file;

import dev.espalier.driver.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/** {@code espalier job}: names the commands about job files. */
@Command(
    name = "job",
    mixinStandardHelpOptions = true,
    description = "Write, check and explain job files.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Init.class, Check.class, Schema.class})
public final class JobFileCommand extends CommandGroup {}
