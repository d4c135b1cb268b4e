package dev.espalier.driver.cli.run;

import dev.espalier.driver.app.GatePolicy;
import picocli.CommandLine.Option;

/** Whether a job goes on with a PruningNet that is hardly better than guessing. */
final class GateOption {

  @Option(
      names = "--force",
      description = "Search even if the PruningNet is hardly better than guessing.")
  private boolean force;

  GatePolicy policy() {
    return force ? GatePolicy.FORCE : GatePolicy.STOP;
  }
}
