package dev.espalier.driver.cli.progress;

import java.util.List;
import java.util.function.Consumer;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C (SIGINT) and SIGTERM into a wish to stop at the next safe point. Once that is
 * wished, Ctrl-C ends the process at once, which loses nothing that is in the journal; SIGTERM may
 * come any number of times, as it does from those who wait for the end of a process.
 */
public final class StopSignals implements AutoCloseable {

  private static final int KILLED = 130;

  private static final Signal INTERRUPT = new Signal("INT");

  private final List<Signal> signals = List.of(INTERRUPT, new Signal("TERM"));
  private final List<SignalHandler> before;
  private final Consumer<String> note;
  private volatile boolean stopping;

  private StopSignals(Consumer<String> note) {
    this.note = note;
    this.before = signals.stream().map(signal -> Signal.handle(signal, this::heard)).toList();
  }

  /**
   * Listens until it is closed.
   *
   * @param note tells people that the signal was heard
   */
  public static StopSignals heard(Consumer<String> note) {
    return new StopSignals(note);
  }

  /** Whether a signal has come. */
  public boolean stopping() {
    return stopping;
  }

  @Override
  public void close() {
    for (int i = 0; i < signals.size(); i++) {
      Signal.handle(signals.get(i), before.get(i));
    }
  }

  private void heard(Signal signal) {
    if (stopping) {
      if (signal.equals(INTERRUPT)) {
        Runtime.getRuntime().halt(KILLED);
      }
      return;
    }
    stopping = true;
    note.accept("Stopping at the next safe point; Ctrl-C stops at once");
  }
}
