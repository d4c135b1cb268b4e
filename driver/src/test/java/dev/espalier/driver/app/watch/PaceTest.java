package dev.espalier.driver.app.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceTest {

  private final AtomicLong now = new AtomicLong();
  private final Pace pace = new Pace(now::get);

  @Test
  void remaining_steadyWork_isInProportion() {
    assertThat(pace.remaining(0, 100)).isEmpty();
    now.set(Duration.ofSeconds(20).toNanos());

    assertThat(pace.remaining(20, 100)).hasValue(Duration.ofSeconds(80));
  }

  @Test
  void remaining_resumedWork_doesNotCountWhatWasDoneBefore() {
    assertThat(pace.remaining(50, 100)).isEmpty();
    now.set(Duration.ofSeconds(10).toNanos());

    assertThat(pace.remaining(60, 100)).hasValue(Duration.ofSeconds(40));
  }
}
