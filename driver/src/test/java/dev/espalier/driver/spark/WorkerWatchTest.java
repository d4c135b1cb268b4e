package dev.espalier.driver.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.worker.evaluate.WorkersObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkerWatchTest {

  private final List<String> heard = new ArrayList<>();
  private int workers;
  private long now;

  private final WorkerWatch watch =
      new WorkerWatch(
          () -> workers,
          Duration.ofSeconds(30),
          () -> now,
          new WorkersObserver() {
            @Override
            public void noWorkers(Duration since) {
              heard.add("none for " + since.toSeconds());
            }

            @Override
            public void workersAreBack() {
              heard.add("back");
            }
          });

  @Test
  void look_neverAnyWorker_isToldOnceAfterThePatience() {
    pass(29);
    assertThat(heard).isEmpty();
    pass(60);
    assertThat(heard).containsExactly("none for 30");
  }

  @Test
  void look_workersComeGoAndComeBack_isToldOfEachAbsenceOnce() {
    pass(31);
    workers = 1;
    pass(40);
    workers = 0;
    pass(29);
    workers = 2;
    pass(1);
    workers = 0;
    pass(35);
    workers = 1;
    pass(5);

    assertThat(heard).containsExactly("none for 30", "back", "none for 30", "back");
  }

  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      now += Duration.ofSeconds(1).toNanos();
      watch.look();
    }
  }
}
