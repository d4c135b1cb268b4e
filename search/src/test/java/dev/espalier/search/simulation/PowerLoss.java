package dev.espalier.search.simulation;

/** The machine went off: whatever ran, runs no longer. */
public final class PowerLoss extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PowerLoss() {
    super("power loss");
  }
}
