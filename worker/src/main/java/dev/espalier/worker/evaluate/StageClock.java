package dev.espalier.worker.evaluate;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Sums the time spent in each stage of one evaluation, failed work included. One thread. */
final class StageClock {

  private final LongSupplier nanoTime;
  private final Map<Stage, Duration> times = new EnumMap<>(Stage.class);

  StageClock(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  <T> T time(Stage stage, Supplier<T> work) {
    long start = nanoTime.getAsLong();
    try {
      return work.get();
    } finally {
      times.merge(stage, Duration.ofNanos(nanoTime.getAsLong() - start), Duration::plus);
    }
  }

  Map<Stage, Duration> times() {
    return times;
  }
}
