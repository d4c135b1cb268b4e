package dev.espalier.driver.cli.pruningnet;

import dev.espalier.driver.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/** {@code espalier pruningnet}: names the commands about PruningNets. */
@Command(
    name = "pruningnet",
    mixinStandardHelpOptions = true,
    description = "Look at the trained PruningNets that jobs share.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {ListPruningNets.class, Show.class})
public final class PruningNetCommand extends CommandGroup {}
