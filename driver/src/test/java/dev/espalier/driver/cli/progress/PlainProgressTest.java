package dev.espalier.driver.cli.progress;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.driver.app.watch.Progress;
import dev.espalier.driver.service.Stage;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PlainProgressTest {

  private final AtomicLong now = new AtomicLong();
  private final StringWriter text = new StringWriter();

  @Test
  void progress_oftenReported_isOneLineEveryTenSeconds() {
    try (PlainProgress screen = new PlainProgress(new PrintWriter(text), now::get)) {
      screen.stage(Stage.SEARCHING, "Searching");
      for (int second = 0; second <= 25; second++) {
        now.set(Duration.ofSeconds(second).toNanos());
        screen.progress(new Progress(second, 100, "structures", "best 50.00%"));
      }
    }

    assertThat(text.toString().lines())
        .containsExactly(
            "Searching",
            "  10 of 100 structures, 1m 30s left, best 50.00%",
            "  20 of 100 structures, 1m 20s left, best 50.00%");
  }
}
