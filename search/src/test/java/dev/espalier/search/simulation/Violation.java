package dev.espalier.search.simulation;

/** A promise of the engine that a simulated world saw broken. */
final class Violation extends RuntimeException {

  private static final long serialVersionUID = 1L;

  Violation(String what, Object... values) {
    super(what.formatted(values));
  }

  static void unless(boolean kept, String what, Object... values) {
    if (!kept) {
      throw new Violation(what, values);
    }
  }
}
