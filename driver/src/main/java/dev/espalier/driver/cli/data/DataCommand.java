package dev.espalier.driver.cli.data;

import dev.espalier.driver.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/** {@code espalier data}: names the commands about data sets. */
@Command(
    name = "data",
    mixinStandardHelpOptions = true,
    description = "Import data sets and look at them.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Import.class, ListDatasets.class, Show.class})
public final class DataCommand extends CommandGroup {}
