package dev.espalier.driver.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sun.misc.Signal;

class StopSignalsTest {

  @Test
  void terminated_severalTimes_stopsOnceAtTheSafePoint() throws Exception {
    Signal term = new Signal("TERM");
    BlockingQueue<String> notes = new LinkedBlockingQueue<>();

    try (StopSignals signals = StopSignals.heard(notes::add)) {
      assertThat(signals.stopping()).isFalse();
      Signal.raise(term);
      assertThat(notes.poll(5, TimeUnit.SECONDS)).contains("next safe point");
      assertThat(signals.stopping()).isTrue();
      Signal.raise(term);
      assertThat(notes.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }
  }
}
