package dev.espalier.pruningnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.espalier.search.job.BadInputException;
import org.junit.jupiter.api.Test;

class TorchTest {

  @Test
  void scope_withNativesForTheCpu_computesThere() {
    try (NDManager scope = Torch.scope()) {
      assertThat(scope.getDevice()).isEqualTo(Device.cpu());
      assertThat(Torch.version()).matches("\\d+\\.\\d+\\.\\d+");
    }
  }

  @Test
  void device_withNativesForTheCpu_neverAsksForGpus() {
    assertThat(
            Torch.device(
                "cpu",
                () -> {
                  throw new AssertionError("asked");
                }))
        .isEqualTo(Device.cpu());
  }

  @Test
  void device_withNativesForCuda_isTheFirstGpu() {
    assertThat(Torch.device("cu128", () -> 2)).isEqualTo(Device.gpu(0));
  }

  @Test
  void device_withNativesForCudaAndNoGpu_isRefused() {
    assertThatThrownBy(() -> Torch.device("cu128", () -> 0))
        .isInstanceOf(BadInputException.class)
        .hasMessageContaining("no GPU here");
  }
}
