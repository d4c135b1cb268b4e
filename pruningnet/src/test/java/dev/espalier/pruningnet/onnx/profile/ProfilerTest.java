package dev.espalier.pruningnet.onnx.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.espalier.pruningnet.execute.TinyNetworks;
import dev.espalier.search.latency.Device;
import dev.espalier.search.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProfilerTest {

  private static final Profiler PROFILER =
      new Profiler(new Device("box", "chip", "runtime", 1, 1, 0), new Effort(2, 1));
  private static final List<Network> NINE = Collections.nCopies(9, TinyNetworks.plain());

  @Test
  void networks_moreThanTakeTurns_areTimedInTwoGroups() {
    List<Integer> done = new ArrayList<>();

    double[] times = PROFILER.networks(NINE, done::add, () -> false).orElseThrow();

    assertThat(done).containsExactly(8, 9);
    assertThat(times).hasSize(9);
    for (double microseconds : times) {
      assertThat(microseconds).isPositive();
    }
  }

  @Test
  void networks_stopAfterTheFirstGroup_givesNothing() {
    List<Integer> done = new ArrayList<>();

    assertThat(PROFILER.networks(NINE, done::add, () -> !done.isEmpty())).isEmpty();
    assertThat(done).containsExactly(8);
  }
}
