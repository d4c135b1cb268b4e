package dev.espalier.pruningnet.differentiable;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.espalier.pruningnet.tensor.Torch;
import dev.espalier.pruningnet.training.trainee.NetworkParameters;
import dev.espalier.search.random.RandomStreams;
import org.junit.jupiter.api.Test;

/** A choice falls on its input, a skip, when the last alpha is above the second. */
class SkipGuardTest {

  private static final float[] CONV = {0, 1, 0, 0};
  private static final float[] SKIP = {0, 0, 0, 1};

  @Test
  void epochEnded_withTooManySkips_takesTheAlphasBackAndStopsThem() {
    try (NetworkParameters network = network();
        NDManager memory = Torch.scope()) {
      SkipGuard guard = new SkipGuard(network, new TinySpace(), 1, memory);
      set(network, CONV, SKIP);
      guard.epochEnded();
      assertThat(guard.hasStopped()).isFalse();
      set(network, SKIP, SKIP);
      guard.epochEnded();

      assertThat(guard.hasStopped()).isTrue();
      assertThat(network.alphas().choices().get("a")).containsExactly(0.0, 1.0, 0.0, 0.0);
      set(network, CONV, CONV);
      guard.epochEnded();
      assertThat(guard.hasStopped()).isTrue();
    }
  }

  @Test
  void epochEnded_withTooManySkipsFromTheStart_waitsForOneThatHasFew() {
    try (NetworkParameters network = network();
        NDManager memory = Torch.scope()) {
      SkipGuard guard = new SkipGuard(network, new TinySpace(), 0, memory);
      set(network, SKIP, CONV);
      guard.epochEnded();
      assertThat(guard.hasStopped()).isFalse();
      assertThat(network.alphas().choices().get("a")).containsExactly(0.0, 0.0, 0.0, 1.0);
      set(network, CONV, CONV);
      guard.epochEnded();
      set(network, SKIP, CONV);
      guard.epochEnded();
      assertThat(guard.hasStopped()).isTrue();
    }
  }

  @Test
  void memory_copied_makesAnotherGuardRememberTheSame() {
    try (NetworkParameters network = network();
        NDManager memory = Torch.scope()) {
      SkipGuard guard = new SkipGuard(network, new TinySpace(), 0, memory);
      set(network, CONV, CONV);
      guard.epochEnded();
      SkipGuard resumed = new SkipGuard(network, new TinySpace(), 0, memory);
      for (int i = 0; i < guard.memory().size(); i++) {
        float[] values = guard.memory().get(i).array().toFloatArray();
        resumed.memory().get(i).set(0, values, values.length);
      }
      set(network, SKIP, SKIP);
      resumed.epochEnded();
      assertThat(resumed.hasStopped()).isTrue();
      assertThat(network.alphas().choices().get("b")).containsExactly(0.0, 1.0, 0.0, 0.0);
    }
  }

  private static NetworkParameters network() {
    return NetworkParameters.untrained(new TinySpace().supernet(), new RandomStreams(1));
  }

  private static void set(NetworkParameters network, float[] a, float[] b) {
    network.alphaParameters().get(0).set(0, a, a.length);
    network.alphaParameters().get(1).set(0, b, b.length);
  }
}
