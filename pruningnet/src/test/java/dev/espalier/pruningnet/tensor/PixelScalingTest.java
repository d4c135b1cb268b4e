package dev.espalier.pruningnet.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.espalier.search.network.Shape;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PixelScalingTest {

  private static final Shape SHAPE = new Shape(2, 3, 4);
  private static final List<Double> MEAN = List.of(0.5, 0.25);
  private static final List<Double> DEVIATION = List.of(0.2, 0.1);

  private final PixelScaling scaling = PixelScaling.of(MEAN, DEVIATION);

  @ParameterizedTest
  @EnumSource(MemoryFormat.class)
  void tensor_inAnyFormat_hasEveryPixelScaledInItsPlace(MemoryFormat format) {
    byte[] images = new byte[3 * 24];
    for (int i = 0; i < images.length; i++) {
      images[i] = (byte) (i * 11);
    }
    try (NDManager scope = Torch.scope()) {
      NDArray tensor = scaling.tensor(images, 2, SHAPE, format, scope);
      assertThat(tensor.getShape()).isEqualTo(new ai.djl.ndarray.types.Shape(2, 2, 3, 4));
      float[] values = tensor.toFloatArray();
      for (int i = 0; i < values.length; i++) {
        int channel = i / 12 % 2;
        double expected = ((images[i] & 0xff) / 255.0 - MEAN.get(channel)) / DEVIATION.get(channel);
        assertThat((double) values[i]).isCloseTo(expected, within(1e-5));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(MemoryFormat.class)
  void tensor_whileItsScopeIsOpen_keepsItsMemoryFromTheGarbageCollector(MemoryFormat format)
      throws InterruptedException {
    byte[] images = new byte[400 * 24];
    try (NDManager scope = Torch.scope()) {
      NDArray tensor = scaling.tensor(images, 400, SHAPE, format, scope);
      float[] before = tensor.toFloatArray();
      for (int i = 0; i < 20; i++) {
        System.gc();
        Thread.sleep(5);
        // Memory that was given back is likely to be handed out again here.
        ByteBuffer other = ByteBuffer.allocateDirect(images.length * Float.BYTES);
        while (other.hasRemaining()) {
          other.put((byte) 1);
        }
        assertThat(tensor.toFloatArray()).isEqualTo(before);
      }
    }
  }

  @Test
  void tensor_ofImagesWithOtherChannels_isRefused() {
    try (NDManager scope = Torch.scope()) {
      Shape grey = new Shape(1, 3, 4);
      assertThatThrownBy(
              () -> scaling.tensor(new byte[12], 1, grey, MemoryFormat.CHANNELS_LAST, scope))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1x3x4");
    }
  }
}
