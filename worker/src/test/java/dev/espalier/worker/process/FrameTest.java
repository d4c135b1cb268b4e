package dev.espalier.worker.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class FrameTest {

  @Test
  void readFrom_twoFrames_givesBothInTurn() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new Frame(Frame.Kind.SCORE, new byte[] {1, 2}).writeTo(new DataOutputStream(written));
    new Frame(Frame.Kind.RECALIBRATE).writeTo(new DataOutputStream(written));
    DataInputStream in = in(written.toByteArray());

    Frame first = Frame.readFrom(in);
    Frame second = Frame.readFrom(in);

    assertThat(first.kind()).isEqualTo(Frame.Kind.SCORE);
    assertThat(first.body()).containsExactly(1, 2);
    assertThat(second.kind()).isEqualTo(Frame.Kind.RECALIBRATE);
    assertThat(second.body()).isEmpty();
  }

  @Test
  void readFrom_textOrTornOrTooLong_isRefusedBeforeMemoryIsTaken() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    new Frame(Frame.Kind.SCORE, new byte[] {1, 2}).writeTo(new DataOutputStream(written));
    byte[] whole = written.toByteArray();

    for (int length = 0; length < whole.length; length++) {
      byte[] torn = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> Frame.readFrom(in(torn))).isInstanceOf(IOException.class);
    }
    for (byte[] other :
        new byte[][] {
          "a library prints".getBytes(StandardCharsets.UTF_8),
          {-1, 0, 0, 0, 0, 0},
          {0, 0, 0, 0, 99, 0},
        }) {
      assertThatThrownBy(() -> Frame.readFrom(in(other)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("no frame");
    }
  }

  private static DataInputStream in(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
