package dev.espalier.pruningnet.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LatencyTest {

  @Test
  void of_hundredTimesInAnyOrder_takesTheFiftiethAndTheNinetyFifth() {
    long[] times = LongStream.rangeClosed(1, 100).map(i -> (i * 37 % 101) * 1_000_000).toArray();

    Latency latency = Latency.of(times);

    assertThat(latency.median()).isCloseTo(0.050, within(1e-12));
    assertThat(latency.p95()).isCloseTo(0.095, within(1e-12));
    assertThat(latency.runs()).isEqualTo(100);
    assertThat(latency.imagesPerSecond(4)).isCloseTo(80, within(1e-9));
  }

  @Test
  void of_oneTime_isThatTime() {
    Latency latency = Latency.of(new long[] {7_000_000});

    assertThat(latency.median()).isEqualTo(latency.p95()).isCloseTo(0.007, within(1e-12));
  }
}
