package dev.espalier.search.simulation;

/** The process was killed; the machine goes on. */
public final class Killed extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Killed() {
    super("killed");
  }
}
