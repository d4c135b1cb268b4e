package dev.espalier.pruningnet.scoring.script.archive;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The instance of a class in Python's pickle protocol 2, as TorchScript reads it: its attributes,
 * and for each tensor where its values are. Not thread-safe; used once.
 */
final class Pickle {

  private static final int PROTOCOL = 2;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** The instance; the values of the i-th tensor are in the record {@code data/i}. */
  static byte[] of(String type, List<StoredTensor> tensors) {
    Pickle pickle = new Pickle();
    pickle.begin();
    pickle.global("__torch__", type);
    pickle.code(")\u0081");
    pickle.code("}(");
    pickle.text("training");
    pickle.code("\u0089");
    for (int i = 0; i < tensors.size(); i++) {
      pickle.text(tensors.get(i).name());
      pickle.tensor(tensors.get(i), i);
    }
    pickle.code("ub.");
    return pickle.bytes.toByteArray();
  }

  /** A tuple of nothing. */
  static byte[] empty() {
    Pickle pickle = new Pickle();
    pickle.begin();
    pickle.code(").");
    return pickle.bytes.toByteArray();
  }

  private void begin() {
    code("\u0080");
    bytes.write(PROTOCOL);
  }

  /** Rebuilds a tensor from its storage, offset, shape, strides, and no hooks. */
  private void tensor(StoredTensor tensor, int storage) {
    global("torch._utils", "_rebuild_tensor_v2");
    code("((");
    text("storage");
    global("torch", "FloatStorage");
    text(Integer.toString(storage));
    text("cpu");
    number(tensor.values().length);
    code("tQ");
    number(0);
    numbers(tensor.shape());
    numbers(strides(tensor.shape()));
    code("\u0089");
    global("collections", "OrderedDict");
    code(")RtR");
  }

  private static long[] strides(long[] shape) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int i = shape.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= shape[i];
    }
    return strides;
  }

  private void numbers(long[] values) {
    code("(");
    for (long value : values) {
      number(Math.toIntExact(value));
    }
    code("t");
  }

  private void number(int value) {
    code("J");
    integer(value);
  }

  private void text(String value) {
    byte[] letters = value.getBytes(StandardCharsets.UTF_8);
    code("X");
    integer(letters.length);
    bytes.writeBytes(letters);
  }

  private void global(String module, String name) {
    code("c%s\n%s\n".formatted(module, name));
  }

  private void integer(int value) {
    bytes.writeBytes(
        ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
  }

  private void code(String latin) {
    bytes.writeBytes(latin.getBytes(StandardCharsets.ISO_8859_1));
  }
}
