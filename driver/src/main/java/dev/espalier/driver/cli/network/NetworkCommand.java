package dev.espalier.driver.cli.network;

import dev.espalier.driver.cli.option.CommandGroup;
import picocli.CommandLine.Command;

/** {@code espalier network}: names the commands about networks of others. */
@Command(
    name = "network",
    mixinStandardHelpOptions = true,
    description = "Bring a network of your own: jobs name it as they name those of the zoo.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {Import.class, ListNetworks.class, Show.class})
public final class NetworkCommand extends CommandGroup {}
