package dev.espalier.search.simulation;

import java.util.Optional;
import java.util.function.LongFunction;

/** Plays the schedule of a number, for whoever can see this class through the JDK's types only. */
public final class Player implements LongFunction<Optional<String>> {

  /** A player. */
  public Player() {}

  @Override
  public Optional<String> apply(long number) {
    return World.play(Schedule.of(number)).broken();
  }
}
